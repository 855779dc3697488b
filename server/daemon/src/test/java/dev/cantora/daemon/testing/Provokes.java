package dev.cantora.daemon.testing;

import dev.cantora.api.ErrorCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This test makes a running daemon answer with these codes over the wire. CatalogueProofTest collects them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Provokes {
  ErrorCode[] value();
}

package dev.cantora.daemon.errors;

import dev.cantora.api.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request cannot be served; the code says why. Everything in it reaches the client, so no absolute paths, no class
 * names, no text of foreign exceptions. The cause is for the log alone.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int httpStatus;
  private final String hint;
  private final transient Map<String, Object> details;
  private final transient Map<String, Object> topLevel;
  private final transient Map<String, String> headers;

  public ApiException(ErrorCode code) {
    this(builder(code));
  }

  public ApiException(ErrorCode code, String message) {
    this(builder(code).message(message));
  }

  private ApiException(Builder builder) {
    super(builder.message, builder.cause, false, builder.cause != null || builder.code == ErrorCode.INTERNAL_ERROR);
    this.code = builder.code;
    this.httpStatus = builder.httpStatus;
    this.details = new LinkedHashMap<>(builder.details);
    this.topLevel = new LinkedHashMap<>(builder.topLevel);
    this.headers = new LinkedHashMap<>(builder.headers);
    this.hint = builder.hint != null ? builder.hint : code.hint(builder.hintValues());
  }

  public static Builder builder(ErrorCode code) {
    return new Builder(code);
  }

  public ErrorCode code() {
    return code;
  }

  /** Status of the answer: the code's own, except for HTTP_ERROR, which carries the framework's. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The next step for the caller. */
  public String hint() {
    return hint;
  }

  /** Members of the envelope's {@code details}; may be empty. */
  public Map<String, Object> details() {
    return details;
  }

  /** Further members at the envelope's top level, such as {@code issues} or {@code available}. */
  public Map<String, Object> topLevel() {
    return topLevel;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** Collects what a code wants to say beyond its catalogue text. */
  public static final class Builder {
    private final ErrorCode code;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final Map<String, Object> topLevel = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int httpStatus;
    private String message;
    private String hint;
    private Throwable cause;

    private Builder(ErrorCode code) {
      this.code = code;
      this.message = code.message();
      // a socket-only code that reaches HTTP by mistake is the daemon's fault
      this.httpStatus = code.httpStatus() == 0 ? 500 : code.httpStatus();
    }

    public Builder message(String message) {
      this.message = message;
      return this;
    }

    /** Overrides the catalogue's hint. */
    public Builder hint(String hint) {
      this.hint = hint;
      return this;
    }

    /** Only for HTTP_ERROR. */
    public Builder httpStatus(int status) {
      this.httpStatus = status;
      return this;
    }

    public Builder detail(String name, Object value) {
      details.put(name, value);
      return this;
    }

    public Builder details(Map<String, ?> values) {
      details.putAll(values);
      return this;
    }

    public Builder topLevel(String name, Object value) {
      topLevel.put(name, value);
      return this;
    }

    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    public Builder cause(Throwable cause) {
      this.cause = cause;
      return this;
    }

    public ApiException build() {
      return new ApiException(this);
    }

    private Map<String, Object> hintValues() {
      Map<String, Object> values = new LinkedHashMap<>(details);
      values.putAll(topLevel);
      return values;
    }
  }
}

package dev.cantora.daemon.bank;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The bank's failures in the words of the catalogue. Paths stay in the log. */
public final class BankFaults {
  private BankFaults() {}

  public static ApiException tooLarge(long renderBytes, long perRenderBudgetBytes) {
    return ApiException.builder(ErrorCode.RENDER_TOO_LARGE)
        .detail("renderBytes", renderBytes).detail("perRenderBudgetBytes", perRenderBudgetBytes).build();
  }

  public static ApiException storeFull(long usedBytes, long storeBudgetBytes, long incomingBytes) {
    return ApiException.builder(ErrorCode.RENDER_STORE_FULL)
        .detail("usedBytes", usedBytes).detail("storeBudgetBytes", storeBudgetBytes)
        .detail("incomingBytes", incomingBytes).build();
  }

  public static ApiException notFound() {
    return new ApiException(ErrorCode.NOT_FOUND, "There is no such render.");
  }

  /** @param fileName within the render, never a path */
  public static ApiException unreadable(String fileName, Throwable cause) {
    return ApiException.builder(ErrorCode.READ_ERROR)
        .message(fileName + " of this render could not be read.").cause(cause).build();
  }

  public static ApiException unavailable(String reason) {
    return ApiException.builder(ErrorCode.READ_ERROR).message("The render store cannot be used: " + reason + ".").build();
  }

  /**
   * A failure to write: a full disk is the store being full, whatever the budget says, anything else WRITE_ERROR.
   *
   * @param incomingBytes what was to be written, as far as it is known
   */
  public static ApiException unwritable(IOException failure, Budget budget, long incomingBytes) {
    if (errno(failure).equals("ENOSPC") || errno(failure).equals("EDQUOT")) {
      return ApiException.builder(ErrorCode.RENDER_STORE_FULL)
          .message("The disk of the render store is full.")
          .detail("usedBytes", budget.usedBytes()).detail("storeBudgetBytes", budget.storeBudgetBytes())
          .detail("incomingBytes", incomingBytes).cause(failure).build();
    }
    return ApiException.builder(ErrorCode.WRITE_ERROR).cause(failure).build();
  }

  /** The system's name for an error, as far as Java lets it through; {@code EIO} for anything unknown. */
  static String errno(IOException failure) {
    String text = failure instanceof FileSystemException fs && fs.getReason() != null
        ? fs.getReason() : String.valueOf(failure.getMessage());
    return switch (failure) {
      case NoSuchFileException missing -> "ENOENT";
      case AccessDeniedException denied -> "EACCES";
      case NotDirectoryException file -> "ENOTDIR";
      default -> text.contains("No space left") ? "ENOSPC"
          : text.contains("quota exceeded") ? "EDQUOT"
          : text.contains("Read-only") ? "EROFS"
          : text.contains("Too many open files") ? "EMFILE"
          : "EIO";
    };
  }
}

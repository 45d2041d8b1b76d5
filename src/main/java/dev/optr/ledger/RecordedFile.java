package dev.optr.ledger;

import java.util.Optional;

/**
 * A file that an entry vouches for.
 *
 * @param path from the repository's root
 * @param mode 100644 or 100755
 * @param sha256 64 hex digits
 * @param size in bytes
 */
public record RecordedFile(String path, String mode, String sha256, long size) {
  /** Whether a file of a commit, if there is one, is the recorded one. */
  boolean isContentOf(Optional<FileFacts> file) {
    return file.filter(
            found ->
                found.mode().equals(mode)
                    && found.content().size() == size
                    && found.content().sha256().equals(sha256))
        .isPresent();
  }
}

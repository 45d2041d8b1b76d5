package dev.optr.ledger;

/**
 * A file that an entry vouches for.
 *
 * @param path from the repository's root
 * @param mode 100644 or 100755
 * @param sha256 64 hex digits
 * @param size in bytes
 */
public record RecordedFile(String path, String mode, String sha256, long size) {}

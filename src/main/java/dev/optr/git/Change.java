package dev.optr.git;

import org.jspecify.annotations.Nullable;

/**
 * One changed file in replayable form: applied to the frozen tree, a list of these gives the
 * candidate's tree.
 *
 * @param path where the file lies afterwards, from the repository's root, or the file that is
 *     deleted
 * @param from the path that it was renamed from, and which is gone afterwards; null where it was
 *     not renamed
 * @param mode {@code 100644} or {@code 100755}; null = deleted
 * @param blob git's id of the content; null = deleted
 * @param encoding {@code utf-8} or {@code base64}: how {@code content} carries the bytes; null =
 *     deleted
 * @param content the whole file; null = deleted
 */
public record Change(
    String path,
    @Nullable String from,
    @Nullable String mode,
    @Nullable String blob,
    @Nullable String encoding,
    @Nullable String content) {}

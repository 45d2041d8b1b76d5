package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.git.BlobReader;
import dev.optr.git.FrozenTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool that shows the lines of a file. */
public final class ReadFile {
  public static final String NAME = "read_file";
  public static final String DESCRIPTION =
      "Shows a text file. The first line of the answer is about the file; each line of the file"
          + " follows as its number, one tab, and the line exactly as it is. Number and tab are no"
          + " part of the file: leave them out of the texts of edits. At most "
          + (Toolbox.LARGEST >> 10)
          + " KiB are shown; where that cuts, the last line, in brackets, says how to read on."
          + " Binary files and files that are not UTF-8 are only described; symbolic links are not"
          + " followed.";

  private static final List<String> ARGUMENTS = List.of("path", "startLine", "endLine");

  /** All lines of a file up to this size are counted; a larger one is read as far as needed. */
  private static final int COUNTED = 16 << 20;

  /** A larger file is only described: what git stores as a delta is made whole to be read. */
  private static final int READABLE = 256 << 20;

  private static final int LONGEST_LINK = 4096;

  private final VisiblePaths paths;
  private final FrozenTree visible;
  private final InstantSource clock;

  ReadFile(FrozenTree visible, InstantSource clock) {
    this.visible = visible;
    this.paths = new VisiblePaths(visible);
    this.clock = clock;
  }

  /** The JSON Schema of the arguments. */
  public static JsonObject schema() {
    return SubmitPathSchema.strict(
        Json.object()
            .put(
                "path",
                SubmitPathSchema.type(
                    "string", "The file, from the repository's root, with slashes."))
            .put(
                "startLine",
                SubmitPathSchema.nullable(
                    "integer", "The first line to show, from 1. null: from the beginning."))
            .put(
                "endLine",
                SubmitPathSchema.nullable(
                    "integer", "The last line to show. null: to the end of the file."))
            .build());
  }

  ToolAnswer answer(JsonObject arguments) throws InterruptedException {
    Members members = new Members("", arguments, ARGUMENTS);
    @Nullable String path = members.text("path");
    @Nullable Long startLine = members.line("startLine");
    @Nullable Long endLine = members.line("endLine");
    if (members.isNull("path")) {
      members.error("path: expected a file, found nothing");
    }
    if (startLine != null && endLine != null && endLine < startLine) {
      members.error("endLine: expected at least startLine, " + startLine + ", found " + endLine);
    }
    if (path == null || !members.errors().isEmpty()) {
      return Toolbox.refused(NAME, members.errors(), "reading a file");
    }
    return switch (paths.find(path)) {
      case VisiblePaths.Missing(String message) -> new ToolAnswer(message, true, "reading a file");
      case VisiblePaths.Found(FrozenTree.File file) -> read(file, startLine, endLine);
    };
  }

  private ToolAnswer read(FrozenTree.File file, @Nullable Long startLine, @Nullable Long endLine)
      throws InterruptedException {
    try (BlobReader blobs = visible.blobs()) {
      return switch (file.mode()) {
        case "160000" ->
            described(file, "submodule at commit " + file.blob() + "; its files are not here");
        case "120000" -> described(file, "symbolic link to " + target(blobs, file));
        default -> lines(blobs, file, startLine == null ? 1 : startLine, endLine);
      };
    }
  }

  private static String target(BlobReader blobs, FrozenTree.File file) {
    return blobs
        .read(file, LONGEST_LINK)
        .map(bytes -> ShownPath.quoted(new String(bytes, StandardCharsets.UTF_8)))
        .orElse("more than " + LONGEST_LINK + " bytes")
        .concat("; it is not followed");
  }

  private ToolAnswer lines(
      BlobReader blobs, FrozenTree.File file, long first, @Nullable Long endLine)
      throws InterruptedException {
    long size = blobs.size(file);
    if (size > READABLE) {
      return described(file, size + " bytes, too large to be read here");
    }
    LineWindow window =
        new LineWindow(first, endLine == null ? Long.MAX_VALUE : endLine, Toolbox.LARGEST);
    boolean atEnd = scan(blobs, file, size, window);
    if (!window.isText()) {
      return described(file, size + " bytes, binary or not UTF-8; they are not shown");
    }
    ReadText text = new ReadText(file, size, window, atEnd);
    return new ToolAnswer(text.text(first, endLine), text.isOutside(), doing(file));
  }

  /** True where the window saw the whole file. */
  private boolean scan(BlobReader blobs, FrozenTree.File file, long size, LineWindow window)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(Toolbox.PATIENCE);
    byte[] buffer = new byte[64 << 10];
    try (InputStream content = blobs.open(file)) {
      while (window.isText() && !(window.isDone() && size > COUNTED)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        int count = content.read(buffer);
        if (count < 0) {
          window.end();
          return true;
        }
        window.accept(buffer, count);
        if (clock.instant().isAfter(deadline)) {
          return false;
        }
      }
      return false;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the object " + file.blob(), e);
    }
  }

  private static ToolAnswer described(FrozenTree.File file, String what) {
    return new ToolAnswer(ShownPath.of(file.path()) + ": " + what, false, doing(file));
  }

  private static String doing(FrozenTree.File file) {
    return "reading " + ShownPath.brief(file.path());
  }
}

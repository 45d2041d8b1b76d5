package dev.optr.agents;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.git.FrozenTree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files a prompt lists and shows: all are listed, and text is shown in path order until the
 * budget is used up.
 *
 * @param unlisted how many files did not even fit into the list
 */
record PromptFiles(List<File> files, int unlisted, boolean clipped) {
  /** A larger file is listed alone: it would crowd out everything else. */
  static final int HUGE = 256 << 10;

  PromptFiles {
    files = List.copyOf(files);
  }

  /**
   * @param quotedPath as JSON, so that no path can look like another line
   * @param kind what it is, for the list
   * @param content null where it is not shown
   */
  record File(String quotedPath, String kind, @Nullable String content) {}

  static PromptFiles choose(FrozenTree visible, int budget) {
    // Half for the list at most, so that a tree of very many files still shows some of them.
    int listed = listable(visible.files(), budget / 2);
    int left = budget;
    for (FrozenTree.File file : visible.files().subList(0, listed)) {
      left -= lineLength(file);
    }
    List<File> files = new ArrayList<>();
    boolean full = false;
    for (FrozenTree.File file : visible.files().subList(0, listed)) {
      File chosen = full ? unread(file) : read(visible, file);
      int length = chosen.content() == null ? 0 : chosen.content().length() + lineLength(file);
      if (length > left) {
        full = true;
        chosen = unread(file);
      } else {
        left -= length;
      }
      files.add(chosen);
    }
    int unlisted = visible.files().size() - listed;
    return new PromptFiles(files, unlisted, unlisted > 0);
  }

  boolean contain(String marker) {
    return files.stream()
        .anyMatch(
            file ->
                file.quotedPath().contains(marker)
                    || (file.content() != null && file.content().contains(marker)));
  }

  private static int listable(List<FrozenTree.File> files, int budget) {
    int used = 0;
    int count = 0;
    while (count < files.size() && used + lineLength(files.get(count)) <= budget) {
      used += lineLength(files.get(count));
      count++;
    }
    return count;
  }

  private static int lineLength(FrozenTree.File file) {
    return file.path().length() + 48;
  }

  private static File unread(FrozenTree.File file) {
    return new File(quoted(file), file.isRegular() ? "not shown" : kind(file), null);
  }

  private static File read(FrozenTree visible, FrozenTree.File file) {
    if (!file.isRegular()) {
      return new File(quoted(file), kind(file), null);
    }
    byte[] bytes = visible.read(file.path());
    String executable = file.mode().equals("100755") ? ", executable" : "";
    if (bytes.length > HUGE) {
      return new File(quoted(file), bytes.length + " bytes, too large to show" + executable, null);
    }
    @Nullable String text = text(bytes);
    String kind = bytes.length + " bytes" + (text == null ? ", binary" : "") + executable;
    return new File(quoted(file), kind, text);
  }

  private static String kind(FrozenTree.File file) {
    return switch (file.mode()) {
      case "120000" -> "symbolic link";
      case "160000" -> "submodule";
      default -> "mode " + file.mode();
    };
  }

  private static String quoted(FrozenTree.File file) {
    return CanonicalJson.text(Json.text(WellFormed.text(file.path())));
  }

  private static @Nullable String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }
}

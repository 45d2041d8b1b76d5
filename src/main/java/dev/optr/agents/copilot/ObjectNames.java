package dev.optr.agents.copilot;

import dev.optr.git.FrozenTree;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Git's objects as the API tells of them, checked before anything is done with them. */
final class ObjectNames {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
  private static final Set<String> MODES = Set.of("100644", "100755", "120000", "160000");

  private ObjectNames() {}

  static Optional<String> read(@Nullable String id) {
    return Optional.ofNullable(id).filter(text -> ID.matcher(text).matches());
  }

  /** All but the directories of a recursive listing; empty where an entry is malformed. */
  static Optional<List<FrozenTree.File>> files(@Nullable List<TaskWire.Entry> entries) {
    if (entries == null) {
      return Optional.empty();
    }
    List<FrozenTree.File> files = new ArrayList<>();
    for (TaskWire.Entry entry : entries) {
      if (entry == null || "tree".equals(entry.type())) {
        continue;
      }
      String path = entry.path();
      String mode = entry.mode();
      Optional<String> id = read(entry.sha());
      if (path == null || mode == null || !MODES.contains(mode) || id.isEmpty()) {
        return Optional.empty();
      }
      files.add(new FrozenTree.File(path, mode, id.get()));
    }
    return Optional.of(files);
  }

  static Optional<byte[]> content(TaskWire.Blob blob) {
    if (blob.content() == null || !"base64".equals(blob.encoding())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getMimeDecoder().decode(blob.content()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}

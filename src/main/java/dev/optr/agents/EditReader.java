package dev.optr.agents;

import dev.optr.git.Edit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one edit: what its op needs must be there, and what has no meaning for it must not. */
final class EditReader {
  static final List<String> KEYS =
      List.of("op", "path", "to", "search", "replace", "content", "executable");

  private final Members members;

  EditReader(Members members) {
    this.members = members;
  }

  /** The edit; null where it is not usable, which has been reported then. */
  @Nullable Edit read() {
    @Nullable String op = members.text("op");
    String path = filled("path");
    return switch (op == null ? "" : op) {
      case "create" -> create(path);
      case "replace" -> replace(path);
      case "rewrite" -> rewrite(path);
      case "delete" -> delete(path);
      case "rename" -> rename(path);
      default -> {
        members.error(
            "op: expected create, replace, rewrite, delete or rename, found "
                + (op == null ? "nothing usable" : "'" + Members.brief(op) + "'"));
        yield null;
      }
    };
  }

  private Edit create(String path) {
    only("create", Set.of("content", "executable"));
    @Nullable Boolean executable = members.bool("executable");
    return new Edit.Create(path, present("content"), executable != null && executable);
  }

  private Edit replace(String path) {
    only("replace", Set.of("search", "replace"));
    return new Edit.Replace(path, filled("search"), present("replace"));
  }

  private Edit rewrite(String path) {
    only("rewrite", Set.of("content", "executable"));
    return new Edit.Rewrite(path, present("content"), members.bool("executable"));
  }

  private Edit delete(String path) {
    only("delete", Set.of());
    return new Edit.Delete(path);
  }

  private Edit rename(String path) {
    only("rename", Set.of("to"));
    return new Edit.Rename(path, filled("to"));
  }

  private String present(String name) {
    int before = members.errors().size();
    @Nullable String text = members.text(name);
    if (text == null && members.errors().size() == before) {
      members.error(name + ": expected a text, found nothing");
    }
    return text == null ? "" : text;
  }

  private String filled(String name) {
    int before = members.errors().size();
    String text = present(name);
    if (text.isEmpty() && members.errors().size() == before) {
      members.error(name + ": expected a text, found an empty one");
    }
    return text;
  }

  /** Empty text and false say nothing, and models write them instead of null. */
  private void only(String op, Set<String> meant) {
    for (String name : List.of("to", "search", "replace", "content")) {
      @Nullable String text = meant.contains(name) ? null : members.text(name);
      if (text != null && !text.isEmpty()) {
        members.error(name + ": has no meaning for op " + op + "; write null");
      }
    }
    @Nullable Boolean executable = meant.contains("executable") ? null : members.bool("executable");
    if (executable != null && executable) {
      members.error("executable: has no meaning for op " + op + "; write null");
    }
  }
}

package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.FrozenTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool that names the files of the frozen tree. */
public final class ListFiles {
  public static final String NAME = "list_files";
  public static final String DESCRIPTION =
      "Lists the files of the repository, one path a line, in the order of their bytes; what is no"
          + " plain file is marked. The answer is cut at "
          + (Toolbox.LARGEST >> 10)
          + " KiB and then says how many files lie in which directory.";

  private static final String DOING = "listing files";

  private final VisiblePaths paths;

  ListFiles(FrozenTree visible) {
    this.paths = new VisiblePaths(visible);
  }

  /** The JSON Schema of the arguments. */
  public static JsonObject schema() {
    return SubmitPathSchema.strict(Json.object().put("glob", glob()).build());
  }

  static JsonObject glob() {
    return SubmitPathSchema.nullable(
        "string",
        "Which files, as a pattern of whole paths from the root: ? and * within one name, ** for"
            + " any number of directories; '**/*.java' is every Java file, 'src/**' all below src."
            + " null: all files.");
  }

  ToolAnswer answer(JsonObject arguments) {
    Members members = new Members("", arguments, List.of("glob"));
    @Nullable String glob = members.text("glob");
    if (!members.errors().isEmpty()) {
      return Toolbox.refused(NAME, members.errors(), DOING);
    }
    List<FrozenTree.File> files = paths.matching(glob);
    return new ToolAnswer(files.isEmpty() ? paths.noneMatches(glob) : text(files), false, DOING);
  }

  private static String text(List<FrozenTree.File> files) {
    StringBuilder out = new StringBuilder();
    out.append(files.size() == 1 ? "1 file" : files.size() + " files").append('\n');
    int used = 0;
    for (int i = 0; i < files.size(); i++) {
      String line = line(files.get(i));
      used += line.getBytes(StandardCharsets.UTF_8).length;
      if (used > Toolbox.LARGEST) {
        return out.append(DirectoryCounts.cut(files, i)).toString();
      }
      out.append(line);
    }
    return out.toString();
  }

  private static String line(FrozenTree.File file) {
    return ShownPath.of(file.path()) + mark(file) + "\n";
  }

  private static String mark(FrozenTree.File file) {
    return switch (file.mode()) {
      case "100644" -> "";
      case "100755" -> " (executable)";
      case "120000" -> " (symbolic link)";
      case "160000" -> " (submodule)";
      default -> " (mode " + file.mode() + ")";
    };
  }
}

package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.FrozenTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool that finds lines in the files of the frozen tree. */
public final class Search {
  public static final String NAME = "search";
  public static final String DESCRIPTION =
      "Finds the lines that match a regular expression (RE2 syntax: no lookaround, no back"
          + " references; (?i) for any case), one line at a time without its line end, in all text"
          + " files or those that a glob takes. Answers 'path:line: text' in the order of paths, "
          + SearchRun.MOST_MATCHES
          + " lines at most; of a long line, the text around its first match. A last line in"
          + " brackets says what was not searched.";

  /** After this long an answer says what it has: with what is yet to be done it is there in 2 s. */
  static final Duration PATIENCE = Duration.ofMillis(1800);

  private static final String DOING = "searching files";

  private final VisiblePaths paths;
  private final FrozenTree visible;
  private final InstantSource clock;
  private final int processors;

  Search(FrozenTree visible, InstantSource clock, int processors) {
    this.visible = visible;
    this.paths = new VisiblePaths(visible);
    this.clock = clock;
    this.processors = processors;
  }

  /** The JSON Schema of the arguments. */
  public static JsonObject schema() {
    return SubmitPathSchema.strict(
        Json.object()
            .put("regex", SubmitPathSchema.type("string", "What a line must hold."))
            .put("glob", ListFiles.glob())
            .build());
  }

  ToolAnswer answer(JsonObject arguments) throws InterruptedException {
    Members members = new Members("", arguments, List.of("regex", "glob"));
    @Nullable String regex = members.text("regex");
    @Nullable String glob = members.text("glob");
    if (members.isNull("regex")) {
      members.error("regex: expected an expression, found nothing");
    }
    LinePattern.Result pattern = LinePattern.of(regex == null ? "" : regex);
    if (regex != null && pattern instanceof LinePattern.Invalid(String error)) {
      members.error("regex: " + error);
    }
    if (pattern instanceof LinePattern.Valid(LinePattern valid) && members.errors().isEmpty()) {
      return search(valid, glob);
    }
    return Toolbox.refused(NAME, members.errors(), DOING);
  }

  private ToolAnswer search(LinePattern pattern, @Nullable String glob)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    List<FrozenTree.File> files = paths.matching(glob);
    if (files.isEmpty()) {
      return new ToolAnswer(paths.noneMatches(glob), false, DOING);
    }
    SearchRun run = new SearchRun(visible, pattern, deadline, clock);
    return new ToolAnswer(SearchText.text(run.search(files, processors), files), false, DOING);
  }
}

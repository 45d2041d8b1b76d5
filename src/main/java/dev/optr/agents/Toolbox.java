package dev.optr.agents;

import dev.optr.base.JsonObject;
import dev.optr.git.FrozenTree;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The tools that an agent reads the frozen tree with, answered from git objects; no file of the
 * disk is ever opened by a name that an agent or the repository gave.
 *
 * <p>Promise: no answer depends on anything that the given tree does not show. A file that is
 * hidden and a file that is absent give the same answer.
 */
public final class Toolbox {
  /** The most UTF-8 bytes of repository data in one answer. */
  static final int LARGEST = 64 << 10;

  /** After this long an answer says what it has. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ListFiles listFiles;
  private final ReadFile readFile;
  private final Search search;

  /**
   * @param visible what the agent may see, and nothing else
   * @param clock for the time limits of reading and searching
   * @param processors how many threads one search may use
   */
  public Toolbox(FrozenTree visible, InstantSource clock, int processors) {
    this.listFiles = new ListFiles(visible);
    this.readFile = new ReadFile(visible, clock);
    this.search = new Search(visible, clock, processors);
  }

  /** The three reading tools, then submit_path and decline. */
  public static List<Tool> tools() {
    return List.of(
        new Tool(ListFiles.NAME, ListFiles.DESCRIPTION, ListFiles.schema()),
        new Tool(ReadFile.NAME, ReadFile.DESCRIPTION, ReadFile.schema()),
        new Tool(Search.NAME, Search.DESCRIPTION, Search.schema()),
        new Tool(SubmitPath.NAME, SubmitPath.DESCRIPTION, SubmitPath.schema()),
        new Tool(Decline.NAME, Decline.DESCRIPTION, Decline.schema()));
  }

  /** True for the tools that {@link #call} answers. */
  public static boolean reads(String name) {
    return List.of(ListFiles.NAME, ReadFile.NAME, Search.NAME).contains(name);
  }

  /**
   * Answers a call of one of the three reading tools; wrong arguments and other names give an error
   * answer that says what is allowed.
   *
   * @throws dev.optr.base.ServiceException where the repository itself cannot be read
   */
  public ToolAnswer call(String name, JsonObject arguments) throws InterruptedException {
    return switch (name) {
      case ListFiles.NAME -> listFiles.answer(arguments);
      case ReadFile.NAME -> readFile.answer(arguments);
      case Search.NAME -> search.answer(arguments);
      default ->
          new ToolAnswer(
              "no such reading tool: '"
                  + Members.brief(name)
                  + "'; there are list_files, read_file and search",
              true,
              "asking for an unknown tool");
    };
  }

  /** The answer to a call whose arguments are wrong. */
  static ToolAnswer refused(String name, List<String> errors, String doing) {
    return new ToolAnswer(
        name + " was called with wrong arguments:\n* " + String.join("\n* ", errors), true, doing);
  }
}

package dev.optr.agents;

import dev.optr.base.JsonObject;
import dev.optr.git.FrozenTree;
import java.util.List;

/** What a model can call. */
public final class Toolbox {
  private final FrozenTree visible;

  public Toolbox(FrozenTree visible) {
    this.visible = visible;
  }

  /** All tools, in the order in which providers are told of them. */
  public static List<Tool> tools() {
    return List.of(
        new Tool(SubmitPath.NAME, SubmitPath.DESCRIPTION, SubmitPath.schema()),
        new Tool(Decline.NAME, Decline.DESCRIPTION, Decline.schema()));
  }

  /** True for the tools that read the frozen tree. */
  public static boolean reads(String name) {
    return tools().stream()
        .map(Tool::name)
        .filter(tool -> !Submission.isLastWord(tool))
        .anyMatch(name::equals);
  }

  /** Calls one of the reading tools, of which there are none yet. */
  public ToolAnswer call(String name, JsonObject arguments) throws InterruptedException {
    return new ToolAnswer(
        "there is nothing to read with '"
            + Members.brief(name)
            + "' in "
            + visible.tree()
            + " for "
            + arguments.members().keySet(),
        true,
        "reading");
  }
}

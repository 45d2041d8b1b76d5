package dev.optr.report;

import dev.optr.base.Redactor;
import java.util.List;

/**
 * What a pull request is told in answer to a command: one comment for each workflow, edited in
 * place, at most 60,000 characters. Whatever is not ours in it is code.
 */
public final class Replies {
  private static final int LONGEST_TEXT = 50_000;
  private static final int LONGEST_COMMAND = 120;
  private static final int MOST_FACTS = 20;

  private final String workflow;
  private final PlainText plain;

  /**
   * @param workflow the workflow's name
   * @param redactor knows the credentials that must not be shown
   */
  public Replies(String workflow, Redactor redactor) {
    this.workflow = workflow;
    this.plain = new PlainText(redactor);
  }

  /** Something that a reader may want to look up. */
  public sealed interface Fact {
    /**
     * A name or an id, shown as code.
     *
     * @param label words of ours
     */
    record Named(String label, String value) implements Fact {}

    /**
     * A page.
     *
     * @param label words of ours
     * @param url shown as code where it is not a plain address
     */
    record Page(String label, String url) implements Fact {}
  }

  /** The first line of the reply of a workflow; anyone can write one, so the author counts too. */
  public static String marker(String workflow) {
    return "<!-- optr:reply v1 workflow=" + workflow + " -->";
  }

  /** The commands that there are. */
  public String help() {
    return page(
        """
        ### OPTR obeys these commands

        One command, alone on the first line of a new comment, by somebody who may write here.

        * `/optr run`: asks the agents about the newest commit
        * `/optr run 3f9c2ab`: asks them about this commit, if it is the newest; a fork's pull request needs it
        * `/optr run -- make it faster`: asks them with a wish of your own, in one line
        * `/optr retry claude`: asks one agent again
        * `/optr execute`: commits the selected path to the branch; nothing else can be executed
        * `/optr explain`: says why this path, why not the others, and what would have to change
        * `/optr open claude`: puts an agent's path on a branch of its own, to be looked at
        * `/optr help`: says this
        """);
  }

  /**
   * A command was not obeyed.
   *
   * @param command as it was understood, or the first line of the comment
   * @param message why, and what to do instead
   */
  public String refused(String command, String message) {
    return page("### OPTR did not do it\n\n" + said(command) + " was refused:\n\n" + text(message));
  }

  /** A command was obeyed. */
  public String done(String command, List<Fact> facts) {
    StringBuilder out = new StringBuilder("### OPTR did it\n\n" + said(command) + " is done.\n\n");
    facts.stream()
        .limit(MOST_FACTS)
        .forEach(fact -> out.append("* ").append(shown(fact)).append('\n'));
    return page(out.toString());
  }

  /** What {@link Explanation} says, or a text of its kind. */
  public String explained(String explanation) {
    return page("### OPTR explains its decision\n\n" + text(explanation));
  }

  private String said(String command) {
    // Words of ours first: no line may begin with what could be a fence.
    return "The command " + Markdown.code(plain.line(command, LONGEST_COMMAND));
  }

  private String shown(Fact fact) {
    return switch (fact) {
      case Fact.Named(String label, String value) ->
          label + " " + Markdown.code(plain.lines(value));
      case Fact.Page(String label, String url) -> Markdown.link(label, plain.lines(url));
    };
  }

  private String text(String foreign) {
    String shown = Markdown.unmarked(plain.lines(foreign));
    // A long fence is paid for by the text.
    int room = LONGEST_TEXT - 2 * Math.min(LONGEST_TEXT / 3, Markdown.fenceOf(shown).length());
    return Markdown.fence("text", Surface.COMMENT.cut(shown, room, "[cut here]"));
  }

  private String page(String markdown) {
    return marker(workflow) + "\n" + markdown;
  }
}

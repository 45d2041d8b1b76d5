package dev.optr.report;

import dev.optr.base.Redactor;
import java.util.List;

/**
 * What a pull request is told in answer to a command: one comment for each workflow, edited in
 * place, at most 60,000 characters.
 */
public final class Replies {
  private static final int LONGEST_MESSAGE = 50_000;

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
    /** A name or an id, shown as code. */
    record Named(String label, String value) implements Fact {}

    /** A page of this server. */
    record Page(String label, String url) implements Fact {}
  }

  /** The first line of the reply of a workflow; anyone can write one, so the author counts too. */
  public static String marker(String workflow) {
    return "<!-- optr:reply v1 workflow=" + workflow + " -->";
  }

  /** The commands that there are. */
  public String help() {
    return page("### OPTR commands\n");
  }

  /**
   * A command was not obeyed.
   *
   * @param command as it was understood, or the first line of the comment
   * @param message why, and what to do instead
   */
  public String refused(String command, String message) {
    return page(Markdown.code(command) + " was refused.\n\n" + text(message));
  }

  /** A command was obeyed. */
  public String done(String command, List<Fact> facts) {
    StringBuilder out = new StringBuilder(Markdown.code(command) + " is done.\n\n");
    facts.forEach(fact -> out.append("* ").append(shown(fact)).append('\n'));
    return page(out.toString());
  }

  /** What {@link Explanation} says, or a text of its kind. */
  public String explained(String explanation) {
    return page("### OPTR explains its decision\n\n" + text(explanation));
  }

  private static String shown(Fact fact) {
    return switch (fact) {
      case Fact.Named(String label, String value) -> label + " " + Markdown.code(value);
      case Fact.Page(String label, String url) -> Markdown.link(label, url);
    };
  }

  private String text(String foreign) {
    return Markdown.fence(
        "text", Surface.COMMENT.cut(plain.lines(foreign), LONGEST_MESSAGE, "[cut here]"));
  }

  private String page(String markdown) {
    return marker(workflow) + "\n" + markdown;
  }
}

package dev.optr.agents;

import dev.optr.base.Redactor;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.Change;
import dev.optr.git.TreeResult;
import dev.optr.process.OutputTail;
import dev.optr.process.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a lane may see of the frozen tree, in a directory for its program to work in, and a home for
 * that program. What differs there in the end is the proposal. Removed when closed.
 */
public final class WorkingCopy implements AutoCloseable {
  private static final int MOST_ERRORS = 10;
  private static final int LONGEST_CLAIM = 4000;

  private final Question question;
  private final CandidateDirectory directory;
  private final Scratch scratch;
  private final Redactor redactor;

  private WorkingCopy(
      Question question, CandidateDirectory directory, Scratch scratch, Redactor redactor) {
    this.question = question;
    this.directory = directory;
    this.scratch = scratch;
    this.redactor = redactor;
  }

  static WorkingCopy of(Question question, Path temporary, Redactor redactor) {
    CandidateDirectory directory = question.trees().materialize(question.tree());
    try {
      return new WorkingCopy(question, directory, Scratch.in(temporary), redactor);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Where the files are. */
  public Path directory() {
    return directory.path();
  }

  /** The program's own home, outside of the files. */
  public Scratch scratch() {
    return scratch;
  }

  /**
   * The answer that the files are: {@code EMPTY} where none differs, {@code SCHEMA} where something
   * was left there that no proposal may hold.
   *
   * @param summary what the program said of its change; a claim
   */
  public Answer answer(String summary, LaneLog log) throws InterruptedException {
    return switch (question.trees().capture(question.tree(), directory())) {
      case TreeResult.Rejected(List<String> errors) ->
          new Answer.Failed(FailureCode.SCHEMA, rejected(errors), log.exchange());
      case TreeResult.Applied(_, List<Change> changes) when changes.isEmpty() ->
          new Answer.Failed(FailureCode.EMPTY, "it changed no file", log.exchange());
      case TreeResult.Applied(_, List<Change> changes) ->
          new Answer.Proposed(proposal(summary, changes), log.exchange());
    };
  }

  /**
   * The answer that a program's words are, where they hold exactly one call of the protocol; empty
   * where they hold none. No credential is in its prose; edits stay as they are.
   */
  public Optional<Answer> submitted(String words, LaneLog log) {
    Optional<Answer> said = Submission.text(words, log.exchange());
    // Messages quote beginnings, and a part of a credential would not be found afterwards.
    Optional<Answer> quotable =
        said.filter(Answer.Proposed.class::isInstance).isPresent()
            ? said
            : Submission.text(clean(words), log.exchange());
    return quotable.map(new AnswerRedaction(redactor)::redact);
  }

  /** What a program said, without credentials and without where it worked on this machine. */
  public String clean(String text) {
    String files = directory().toString();
    String relative =
        text.replace(files + "/", "")
            .replace(files, ".")
            .replace(scratch.directory().toString(), "[scratch]");
    return redactor.redact(WellFormed.text(relative));
  }

  /** See {@link #clean}, of all that was printed: its end, without terminal controls. */
  public String clean(OutputTail output) {
    return clean(output.text(redactor));
  }

  /** See {@link #clean}, bounded. */
  public String claim(String text) {
    String said = clean(text).strip();
    return said.length() <= LONGEST_CLAIM
        ? said
        : WellFormed.text(said.substring(0, LONGEST_CLAIM)) + " [cut]";
  }

  private String rejected(List<String> errors) {
    String shown = String.join("; ", errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    int more = errors.size() - MOST_ERRORS;
    String rest = more > 0 ? "; and " + more + " more" : "";
    return "what it left in its directory is no proposal: " + redactor.redact(shown) + rest;
  }

  private static Proposal proposal(String summary, List<Change> changes) {
    return new Proposal(
        summary, "", null, List.of(), List.of(), List.of(), new Proposal.Work.Changes(changes));
  }

  @Override
  public void close() {
    try {
      scratch.close();
    } finally {
      directory.close();
    }
  }
}

package dev.optr.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.Judges.Asked;
import dev.optr.agents.Proposal;
import dev.optr.agents.ReviewQuestion;
import dev.optr.agents.ReviewQuestion.Criterion;
import dev.optr.datalake.Candidate;
import dev.optr.git.TreeDiff;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Constraints in words: judged by the other agents, who see the change alone, under an alias. The
 * last of all checks, since it is paid for. Each tree is judged once.
 */
final class PeerReview implements Reviews {
  private static final String NOBODY =
      "no other agent of this run can judge it; add one, or write 'advisory: true' at the"
          + " constraint";
  private static final String SWITCHED_OFF =
      "'review: none' leaves constraints in words unknown; 'advisory: true' shows it without"
          + " deciding";
  private static final String HEAD = "no agent was asked about the commit itself";
  // No id of a tree.
  private static final String HEAD_KEY = "head";

  private final List<Constraint.Prose> constraints;
  private final Workflow.Review review;
  private final Bench bench;
  private final LongSupplier nanoTime;
  private final OncePerTree<Reviewed> reviews = new OncePerTree<>();
  private final Map<String, Set<String>> authors = new ConcurrentHashMap<>();

  /**
   * @param nanoTime monotonic, in nanoseconds
   */
  PeerReview(
      List<Constraint.Prose> constraints,
      Workflow.Review review,
      Bench bench,
      LongSupplier nanoTime) {
    this.constraints = List.copyOf(constraints);
    this.review = review;
    this.bench = bench;
    this.nanoTime = nanoTime;
  }

  /** What was said of one tree, by everybody who was asked. */
  record Reviewed(String alias, ShownChange change, List<Asked> asked, long durationMs) {
    Reviewed {
      asked = List.copyOf(asked);
    }
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found)
      throws InterruptedException {
    if (constraints.isEmpty() || review == Workflow.Review.NONE) {
      return unknown(SWITCHED_OFF);
    }
    String tree = tree(candidate);
    Set<String> made = authors.computeIfAbsent(tree, _ -> ConcurrentHashMap.newKeySet());
    made.add(candidate.agent());
    if (bench.judges().besides(made).isEmpty()) {
      return unknown(NOBODY);
    }
    TreeDiff diff = diff(candidate);
    Set<String> author = Set.of(candidate.agent());
    return findings(reviews.get(tree, () -> judged(diff, author)), Set.copyOf(made));
  }

  /** Nobody proposed the commit itself, so that every judge may say what he thinks of it. */
  @Override
  public List<Finding> ofHead() throws InterruptedException {
    if (constraints.isEmpty() || review == Workflow.Review.NONE) {
      return unknown(SWITCHED_OFF);
    }
    if (bench.headChange().isEmpty()) {
      return unknown(HEAD);
    }
    if (bench.judges().able().isEmpty()) {
      return unknown(NOBODY);
    }
    TreeDiff diff = bench.headChange().get();
    return findings(reviews.get(HEAD_KEY, () -> judged(diff, Set.of())), Set.of());
  }

  @Override
  public List<Finding> notRun(Candidate candidate, String because) {
    return deciding().stream().map(constraint -> Finding.notRun(constraint.id(), because)).toList();
  }

  @Override
  public Optional<List<Finding>> settled(String tree) {
    return reviews
        .found(tree)
        .map(reviewed -> findings(reviewed, authors.getOrDefault(tree, Set.of())));
  }

  @Override
  public List<Reviewed> all() {
    return reviews.found();
  }

  private List<Constraint.Prose> deciding() {
    return constraints.stream().filter(constraint -> !constraint.advisory()).toList();
  }

  private List<Finding> unknown(String because) {
    return deciding().stream()
        .map(constraint -> Finding.unknown(constraint.id(), because))
        .toList();
  }

  private Reviewed judged(TreeDiff diff, Set<String> author) throws InterruptedException {
    long start = nanoTime.getAsLong();
    ShownChange change = ShownChange.of(new String(diff.patch().toArray(), UTF_8));
    ReviewQuestion question =
        new ReviewQuestion(
                bench.aliases().get(),
                constraints.stream()
                    .map(constraint -> new Criterion(constraint.id(), constraint.text()))
                    .toList(),
                change.files())
            .showing(bench.visible());
    List<Asked> asked = bench.judges().ask(question, author);
    long durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    return new Reviewed(question.alias(), change, asked, durationMs);
  }

  private List<Finding> findings(Reviewed reviewed, Set<String> made) {
    Quotes quotes = new Quotes(reviewed.change());
    List<Asked> others =
        reviewed.asked().stream().filter(asked -> !made.contains(asked.judge())).toList();
    return constraints.stream()
        .map(
            constraint ->
                finding(
                    constraint,
                    reviewed,
                    Tally.of(constraint.id(), others, quotes, reviewed.change().incomplete())))
        .toList();
  }

  private static Finding finding(Constraint.Prose constraint, Reviewed reviewed, Tally tally) {
    Check check =
        new Check(
            constraint.id(),
            tally.result(),
            tally.because(),
            reviewed.durationMs(),
            new Check.Review(
                reviewed.alias(),
                constraint.advisory(),
                ReviewCost.usd(reviewed.asked()),
                tally.opinions(),
                reviewed.change().addressed()),
            null,
            false);
    return Finding.of(check, "'" + check.id() + "'", tally.evidence());
  }

  private static String tree(Candidate candidate) {
    String tree = candidate.tree();
    if (tree == null) {
      throw new IllegalStateException("a patch that applies has a tree");
    }
    return tree;
  }

  private static TreeDiff diff(Candidate candidate) {
    TreeDiff diff = candidate.diff();
    if (diff == null) {
      throw new IllegalStateException("a patch that applies has a diff");
    }
    return diff;
  }
}

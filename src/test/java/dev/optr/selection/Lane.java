package dev.optr.selection;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.WhyNot;
import dev.optr.git.TreeDiff;
import dev.optr.testing.SamplePolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lane that proposed a tree, as one line of a table.
 *
 * @param tree one hex digit, repeated
 * @param commandMillis durations of its commands
 */
record Lane(
    String agent,
    char tree,
    List<Long> commandMillis,
    int additions,
    int deletions,
    long changedBytes,
    @Nullable String usd,
    @Nullable String budget,
    boolean admissible,
    @Nullable Long ttvEstimateSeconds,
    String summary) {

  static Lane of(String agent, char tree, List<Long> commandMillis, int lines) {
    return new Lane(
        agent, tree, commandMillis, lines, 0, 10L * lines, "0", null, true, null, "a summary");
  }

  Lane named(String name) {
    return new Lane(
        name,
        tree,
        commandMillis,
        additions,
        deletions,
        changedBytes,
        usd,
        budget,
        admissible,
        ttvEstimateSeconds,
        summary);
  }

  Lane costing(@Nullable String price, @Nullable String laneBudget) {
    return new Lane(
        agent,
        tree,
        commandMillis,
        additions,
        deletions,
        changedBytes,
        price,
        laneBudget,
        admissible,
        ttvEstimateSeconds,
        summary);
  }

  Lane claiming(@Nullable Long ttvEstimate, String claim) {
    return new Lane(
        agent,
        tree,
        commandMillis,
        additions,
        deletions,
        changedBytes,
        usd,
        budget,
        admissible,
        ttvEstimate,
        claim);
  }

  Lane changing(int added, int deleted, long bytes) {
    return new Lane(
        agent,
        tree,
        commandMillis,
        added,
        deleted,
        bytes,
        usd,
        budget,
        admissible,
        ttvEstimateSeconds,
        summary);
  }

  Lane broken() {
    return new Lane(
        agent,
        tree,
        commandMillis,
        additions,
        deletions,
        changedBytes,
        usd,
        budget,
        false,
        ttvEstimateSeconds,
        summary);
  }

  Examined examined() {
    Proposal proposal =
        new Proposal(
            summary,
            summary,
            ttvEstimateSeconds,
            List.of(summary),
            List.of(),
            List.of(),
            List.of());
    Candidate candidate =
        new Candidate(
            SamplePolicy.lane(agent, decimal(budget)),
            new Answer.Proposed(proposal, exchange()),
            String.valueOf(tree).repeat(40),
            List.of(),
            List.of(),
            new TreeDiff(
                List.of(
                    new TreeDiff.File(
                        "a.txt",
                        null,
                        additions,
                        deletions,
                        changedBytes,
                        false,
                        "100644",
                        "100644")),
                Bytes.utf8("diff")),
            null);
    return new Examined(candidate, checks(), admissible ? List.of() : List.of(denial()));
  }

  static Examined declined(String agent) {
    return withAnswer(agent, new Answer.Declined("nothing to do", Exchange.none(Instant.EPOCH)));
  }

  static Examined withAnswer(String agent, Answer answer) {
    return new Examined(
        new Candidate(SamplePolicy.lane(agent, null), answer, null, null, List.of(), null, null),
        List.of(),
        List.of());
  }

  private Exchange exchange() {
    Usage usage = new Usage(null, null, null, null, null, decimal(usd), 1, 0);
    return new Exchange(null, usage, List.of(), Instant.EPOCH, 5, false, List.of());
  }

  private List<Check> checks() {
    // A built-in check's duration is no command's and never counts.
    Check builtIn =
        new Check("paths-allowed", Check.Result.HELD, List.of(), 999_999, null, null, false);
    Stream<Check> commands =
        commandMillis.stream()
            .map(
                millis ->
                    new Check(
                        "command-" + millis,
                        admissible ? Check.Result.HELD : Check.Result.BROKEN,
                        List.of(),
                        millis,
                        new Check.Command(0, false, ""),
                        "sh -c true",
                        false));
    return Stream.concat(Stream.of(builtIn), commands).toList();
  }

  private static WhyNot denial() {
    return new WhyNot(WhyNot.Code.INVARIANT_VIOLATION, "command", "'command' is broken", "");
  }

  private static @Nullable BigDecimal decimal(@Nullable String number) {
    return number == null ? null : new BigDecimal(number);
  }
}

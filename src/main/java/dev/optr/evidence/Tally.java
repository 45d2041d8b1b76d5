package dev.optr.evidence;

import dev.optr.agents.Judgement;
import dev.optr.agents.Judges.Asked;
import dev.optr.agents.Verdict;
import dev.optr.evidence.Check.Opinion;
import dev.optr.evidence.Check.Result;
import dev.optr.evidence.Check.Said;
import dev.optr.evidence.Check.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts what judges say of one constraint. Void opinions and judges that failed do not count; of
 * those that do, more than half decide.
 */
record Tally(List<Opinion> opinions) {
  Tally {
    opinions = List.copyOf(opinions);
  }

  /**
   * @param incomplete nobody was shown the whole change
   */
  static Tally of(String constraint, List<Asked> asked, Quotes quotes, boolean incomplete) {
    return new Tally(
        asked.stream().map(judge -> opinion(constraint, judge, quotes, incomplete)).toList());
  }

  Result result() {
    long counted = count(Vote.HELD) + count(Vote.BROKEN) + count(Vote.UNKNOWN);
    if (2 * count(Vote.HELD) > counted) {
      return Result.HELD;
    }
    return 2 * count(Vote.BROKEN) > counted ? Result.BROKEN : Result.UNKNOWN;
  }

  /** Why it is not held, one sentence and the reasons of those who count for nothing. */
  List<String> because() {
    if (result() == Result.HELD) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        opinions.isEmpty()
            ? "nobody else could judge it"
            : "%d judged it held, %d broken, %d could not tell, %d did not count"
                .formatted(
                    count(Vote.HELD),
                    count(Vote.BROKEN),
                    count(Vote.UNKNOWN),
                    count(Vote.VOID) + count(Vote.FAILED)));
    opinions.stream()
        .filter(opinion -> !opinion.why().isEmpty())
        .map(opinion -> "'" + opinion.judge() + "': " + opinion.why())
        .forEach(sentences::add);
    return sentences;
  }

  /** A quote of those who decided. */
  String evidence() {
    Vote decisive = result() == Result.BROKEN ? Vote.BROKEN : Vote.HELD;
    return opinions.stream()
        .filter(opinion -> opinion.vote() == decisive)
        .map(opinion -> opinion.said().getFirst().quote())
        .findFirst()
        .orElse("");
  }

  private long count(Vote vote) {
    return opinions.stream().filter(opinion -> opinion.vote() == vote).count();
  }

  private static Opinion opinion(
      String constraint, Asked asked, Quotes quotes, boolean incomplete) {
    Optional<String> failure =
        Stream.of(asked.constraintsFirst(), asked.changeFirst())
            .flatMap(judgement -> failure(judgement).stream())
            .findFirst();
    if (failure.isPresent()) {
      return new Opinion(asked.judge(), Vote.FAILED, failure.get(), List.of());
    }
    List<Said> said =
        Stream.of(asked.constraintsFirst(), asked.changeFirst())
            .map(judgement -> said(constraint, judgement))
            .toList();
    boolean partial =
        incomplete || isPartial(asked.constraintsFirst()) || isPartial(asked.changeFirst());
    return voted(asked.judge(), said, quotes, partial);
  }

  private static Opinion voted(String judge, List<Said> said, Quotes quotes, boolean partial) {
    for (Said answer : said) {
      Optional<String> fault =
          answer.held() == null ? Optional.empty() : quotes.fault(answer.quote());
      if (fault.isPresent()) {
        return new Opinion(judge, Vote.VOID, fault.get(), said);
      }
    }
    Boolean first = said.getFirst().held();
    if (!Objects.equals(first, said.getLast().held())) {
      return new Opinion(judge, Vote.UNKNOWN, "it differs with the order of the question", said);
    }
    if (first == null) {
      return new Opinion(judge, Vote.UNKNOWN, "it cannot tell", said);
    }
    if (!first) {
      return new Opinion(judge, Vote.BROKEN, "", said);
    }
    return partial
        ? new Opinion(judge, Vote.UNKNOWN, "it was not shown the whole change", said)
        : new Opinion(judge, Vote.HELD, "", said);
  }

  private static Optional<String> failure(Judgement judgement) {
    return judgement instanceof Judgement.Failed failed
        ? Optional.of("failed: " + failed.code() + ": " + failed.message())
        : Optional.empty();
  }

  private static Said said(String constraint, Judgement judgement) {
    return judgement instanceof Judgement.Given given
        ? given.verdicts().stream()
            .filter(verdict -> verdict.constraint().equals(constraint))
            .findFirst()
            .map((Verdict verdict) -> new Said(verdict.held(), verdict.quote()))
            .orElse(new Said(null, ""))
        : new Said(null, "");
  }

  private static boolean isPartial(Judgement judgement) {
    return judgement instanceof Judgement.Given given && given.partial();
  }
}

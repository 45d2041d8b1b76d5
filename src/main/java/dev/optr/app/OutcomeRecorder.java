package dev.optr.app;

import dev.optr.execution.LedgerWritten;
import dev.optr.ledger.Container;
import dev.optr.ledger.Entry;
import dev.optr.ledger.OutcomeEvent;
import dev.optr.ledger.PullRequestRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of decisions, on the side branch: once each, in one commit, together with
 * every ledger line that they stand upon.
 */
final class OutcomeRecorder {
  private final ServedLedger ledger;

  OutcomeRecorder(ServedLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * What became of a pull request or a decision.
   *
   * @param pr null where the decision was about none
   * @param entry id of the decision; empty = the newest one about the pull request
   * @param result one of those of {@link RecordedOutcomes}
   * @param commit what did it; null where nothing did
   * @param files ledger files that may hold lines which no branch of the repository has
   * @param keeps commits that shall stay reachable
   */
  record Became(
      @Nullable PullRequestRef pr,
      Optional<String> entry,
      String result,
      @Nullable String commit,
      List<Container> files,
      List<String> keeps) {
    Became {
      files = List.copyOf(files);
      keeps = List.copyOf(keeps);
    }

    private Optional<String> decision(RecordedOutcomes known) {
      return entry.or(
          () -> Optional.ofNullable(pr).flatMap(it -> known.newest(it.number())).map(Entry::id));
    }

    String sentence() {
      String about = pr == null ? "the decision " + entry.orElse("") : "#" + pr.number();
      return about + " " + result;
    }
  }

  /** How it went. */
  sealed interface Result {
    /**
     * @param became what was new
     */
    record Recorded(List<Became> became) implements Result {
      public Recorded {
        became = List.copyOf(became);
      }
    }

    /** All of it was recorded before, or is about no decision. */
    record NothingNew() implements Result {}

    record Refused(String reason) implements Result {}
  }

  /**
   * Records what is new.
   *
   * @throws LedgerBrokenException where the ledger is not intact; then nothing is written
   */
  Result record(List<Became> all) throws InterruptedException {
    List<Became> fresh = fresh(all, joined(ledger.known(), all));
    if (fresh.isEmpty()) {
      return new Result.NothingNew();
    }
    List<String> keeps = fresh.stream().flatMap(it -> it.keeps().stream()).distinct().toList();
    LedgerWritten written =
        ledger.side().writer().write(there -> recorded(fresh, there), keeps, message(fresh));
    return switch (written) {
      case LedgerWritten.Moved _ -> new Result.Recorded(fresh);
      case LedgerWritten.Unchanged _ -> new Result.NothingNew();
      case LedgerWritten.Refused(String reason) -> new Result.Refused(reason);
    };
  }

  /** Another run may have recorded some of it meanwhile. */
  private List<Container> recorded(List<Became> wanted, List<Container> there) {
    List<Container> files = joined(RunLedger.joined(there, ledger.atDefault()), wanted);
    RecordedOutcomes known = RecordedOutcomes.of(ledger.verified(files));
    List<Became> fresh = fresh(wanted, files);
    for (Became became : fresh) {
      files =
          ledger.with(
              files,
              new OutcomeEvent(
                  ledger.id(),
                  became.pr(),
                  ledger.run(),
                  became.decision(known).orElseThrow(),
                  became.result(),
                  became.commit(),
                  RunLedger.tool()));
    }
    return fresh.isEmpty() ? there : files;
  }

  private List<Became> fresh(List<Became> all, List<Container> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    RecordedOutcomes known = RecordedOutcomes.of(ledger.verified(files));
    Set<String> once = new HashSet<>();
    List<Became> fresh = new ArrayList<>();
    for (Became became : all) {
      if (became
          .decision(known)
          .filter(entry -> known.isNew(entry, became.result()) && once.add(entry))
          .isPresent()) {
        fresh.add(became);
      }
    }
    return fresh;
  }

  private static List<Container> joined(List<Container> files, List<Became> all) {
    List<Container> joined = files;
    for (Became became : all) {
      joined = RunLedger.joined(joined, became.files());
    }
    return joined;
  }

  private static String message(List<Became> fresh) {
    return "Record what became of decisions\n\n"
        + fresh.stream().map(Became::sentence).collect(Collectors.joining("\n"))
        + "\n";
  }
}

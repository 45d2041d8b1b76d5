package dev.optr.app;

import dev.optr.evidence.Bench;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.OtherHeads;
import dev.optr.evidence.Reviewing;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Agents are asked and commands run by this very program. */
final class AskedHere implements Course {
  private final Prepared prepared;
  private final TreeStore trees;
  private final RunPlace place;
  private final Predicate<Optional<PastRuns>> trigger;
  private final Supplier<Optional<TreeDiff>> headChange;

  /**
   * @param headChange what the frozen commit itself changes, where agents may be asked about that
   */
  AskedHere(
      Prepared prepared,
      TreeStore trees,
      RunPlace place,
      Predicate<Optional<PastRuns>> trigger,
      Supplier<Optional<TreeDiff>> headChange) {
    this.prepared = prepared;
    this.trees = trees;
    this.place = place;
    this.trigger = trigger;
    this.headChange = headChange;
  }

  @Override
  public boolean asks(Optional<PastRuns> past) {
    return trigger.test(past);
  }

  @Override
  public void require() {
    prepared.judgesAtHand().require();
    prepared.wiring().missingPrograms().forEach(place.warnings());
  }

  @Override
  public LaneSource lanes() {
    return prepared.wiring().asked(prepared, trees, place);
  }

  @Override
  public String isolation() {
    return prepared.wiring().isolation().reached();
  }

  @Override
  public String shownIsolation() {
    return prepared.wiring().isolation().shown();
  }

  @Override
  public Examiner examiner(Optional<OtherHeads.Source> others) {
    return examiner(others, headChange.get());
  }

  @Override
  public Examiner headExaminer() {
    return examiner(Optional.empty(), Optional.empty());
  }

  private Examiner examiner(Optional<OtherHeads.Source> others, Optional<TreeDiff> judgedHead) {
    Wiring wiring = prepared.wiring();
    Bench bench = wiring.bench(prepared.judges(place.progress()), judgedHead);
    return wiring.examiner(
        prepared,
        trees,
        wiring.commandsHere(trees, place.temporary()),
        others,
        new Reviewing.ByBench(bench));
  }
}

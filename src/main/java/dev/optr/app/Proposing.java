package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleWriter;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Reviewing;
import dev.optr.evidence.Verification;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.record.Proposals;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Phase propose, once the input is frozen: asks the agents, finds out what needs no candidate code,
 * has them judge each other, and writes all of it into a bundle.
 */
final class Proposing {
  private final Prepared prepared;
  private final TreeStore trees;
  private final RunPlace place;
  private final BundleHeader.Origin origin;
  private final List<String> images;
  private final BundleWriter writer;

  /**
   * @param images labels of the runners on which every row is verified; empty = one, unnamed
   * @throws dev.optr.base.UserException where jobs could not verify what is asked for
   */
  Proposing(
      Prepared prepared,
      TreeStore trees,
      RunPlace place,
      BundleHeader.Origin origin,
      List<String> images,
      BundleWriter writer) {
    this.prepared = prepared;
    this.trees = trees;
    this.place = place;
    this.origin = origin;
    this.images = List.copyOf(images);
    this.writer = writer;
    List<String> problems =
        new SeveralJobs(prepared.workflow()).problems(prepared.proposers(), this.images);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  /**
   * What a bundle is known by outside of it.
   *
   * @param digest 64 hex digits, which never travels with the bundle
   */
  record Proposed(String digest, Bundle bundle) {}

  /**
   * Asks the agents.
   *
   * @param headChange what the frozen commit itself changes, where agents may be asked about that
   */
  Proposed ask(Optional<TreeDiff> headChange, Path directory) throws InterruptedException {
    prepared.judgesAtHand().require();
    Wiring wiring = prepared.wiring();
    Examiner examiner = examiner(headChange);
    List<Examined> answered =
        Orchestrator.examined(wiring.asked(prepared, trees, place), prepared.workflow(), examiner);
    Proposed proposed = write(true, examiner, answered, directory);
    wiring.answers(place.state()).remove(prepared.intent().digest());
    return proposed;
  }

  /**
   * Asks for no path: the jobs verify the frozen commit alone.
   *
   * @param headChange as above
   */
  Proposed headAlone(Optional<TreeDiff> headChange, Path directory) throws InterruptedException {
    return write(false, examiner(headChange), List.of(), directory);
  }

  private Examiner examiner(Optional<TreeDiff> headChange) {
    Wiring wiring = prepared.wiring();
    Reviewing reviewing =
        new Reviewing.ByBench(wiring.bench(prepared.judges(place.progress()), headChange));
    return wiring.examiner(prepared, trees, new Verification.Later(), Optional.empty(), reviewing);
  }

  private Proposed write(boolean asked, Examiner examiner, List<Examined> answered, Path directory)
      throws InterruptedException {
    HeadExamined head = examiner.examineHead();
    List<Examined> lanes = examiner.settle(answered);
    Proposals proposals = new Proposals(prepared.workflow(), prepared.intent(), head, lanes);
    Bundle bundle = Bundle.of(origin, proposals, asked, images, examiner.rows(lanes));
    return new Proposed(writer.write(directory, bundle), bundle);
  }
}

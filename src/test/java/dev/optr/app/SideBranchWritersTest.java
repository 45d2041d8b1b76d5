package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.LedgerBranchWriter;
import dev.optr.execution.Performed;
import dev.optr.execution.Plan;
import dev.optr.execution.PushedLedgerBranch;
import dev.optr.execution.SideBranchExecution;
import dev.optr.git.AtomicPush;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RepositoryId;
import dev.optr.record.Recorder;
import dev.optr.testing.GitServer;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs about different pull requests that put their anchors on one served branch. */
final class SideBranchWritersTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final RepositoryId OCTO = new RepositoryId("github.com", 42, "octo/lake");

  @TempDir private Path directory;
  private GitServer server;
  private GitRepository hosted;
  private String base = "";
  private int clones;
  private final Map<Integer, String> heads = new HashMap<>();

  @BeforeEach
  void serve() {
    server = GitServer.open(directory.resolve("srv"));
    hosted = server.create("octo/lake");
    try (TempRepo source = TempRepo.create(directory.resolve("source"))) {
      base = source.commit("Start", Map.of("a.txt", "a\n"));
      for (int number = 1; number <= 8; number++) {
        source.checkout(base);
        source.branch("pr-" + number);
        heads.put(number, source.commit("Wish", Map.of("wish-" + number, "please\n")));
        source.ref("refs/pull/" + number + "/head", source.head());
      }
      hosted.fetch(
          Network.direct(),
          source.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:refs/heads/main", "refs/pull/*:refs/pull/*"));
    }
  }

  @AfterEach
  void close() {
    hosted.close();
    server.close();
  }

  @Test
  void allGetInWhereEightWriteAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(8);
    List<Callable<Performed>> writers = new ArrayList<>();
    for (int n = 1; n <= 8; n++) {
      int number = n;
      writers.add(() -> new Writer(number).write(() -> together.await()));
    }

    Map<Integer, String> anchors = new TreeMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      int number = 0;
      for (Future<Performed> performed : pool.invokeAll(writers)) {
        number++;
        assertThat(performed.get()).isInstanceOf(Performed.Anchored.class);
        anchors.put(number, ((Performed.Anchored) performed.get()).commit());
      }
    }

    anchors.forEach(
        (number, anchor) -> assertThat(hosted.parents(anchor)).containsExactly(heads.get(number)));
    assertThat(heads)
        .allSatisfy(
            (number, head) ->
                assertThat(hosted.resolve("refs/pull/" + number + "/head")).contains(head));
    assertIntact(9);
    // Whoever comes next stands upon all of them.
    assertThat(new Writer(1).write(() -> {})).isInstanceOf(Performed.Anchored.class);
    assertThat(assertIntact(10).document().array("heads")).hasSize(1);
  }

  @Test
  void joinsWhatSomebodyElseWroteMeanwhile() throws Exception {
    List<Performed> others = new ArrayList<>();
    server.beforeReceive(
        () -> {
          server.beforeReceive(() -> {});
          others.add(uninterrupted(new Writer(2)));
        });

    assertThat(new Writer(1).write(() -> {})).isInstanceOf(Performed.Anchored.class);

    assertThat(others).hasSize(1).allMatch(Performed.Anchored.class::isInstance);
    assertIntact(3);
  }

  @Test
  void findsOutThatItIsThereWhereTheAnswerIsLost() throws Exception {
    server.loseAnswers(1);

    assertThat(new Writer(1).write(() -> {})).isInstanceOf(Performed.Anchored.class);

    try (GitRepository clone = cloned()) {
      assertThat(clone.resolve("refs/remotes/origin/optr/ledger~2")).isEmpty();
    }
    assertIntact(2);
  }

  @Test
  void saysWhyTheServerDoesNotTakeIt() throws Exception {
    server.refuse(SIDE, "GH013: this branch is locked");

    assertThat(new Writer(1).write(() -> {}))
        .isInstanceOfSatisfying(
            Performed.Refused.class, refused -> assertThat(refused.reason()).contains("GH013"));
    assertThat(hosted.resolve(SIDE)).isEmpty();
  }

  private static Performed uninterrupted(Writer writer) {
    try {
      return writer.write(() -> {});
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Invocation assertIntact(long entries) {
    try (GitRepository clone = cloned()) {
      Invocation verified =
          Invocation.of(
              directory,
              Map.of(),
              "verify",
              "--repo",
              clone.workTree().orElseThrow().toString(),
              "--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(entries);
      assertThat(LedgerSite.codes(verified, "warnings"))
          .doesNotContain("W_UNANCHORED", "W_UNREACHABLE", "W_RESTORED");
      return verified;
    }
  }

  /** As the git program makes it. */
  private GitRepository cloned() {
    clones++;
    Path clone = directory.resolve("clone-" + clones);
    RealGit.in(directory).text("clone", "-q", server.url("octo/lake").toString(), clone.toString());
    assertThat(RealGit.in(clone).text("fsck", "--strict")).isEmpty();
    return GitRepository.open(clone, Checkpoint.NONE);
  }

  /** Waits for the others. */
  private interface Together {
    void await() throws Exception;
  }

  /** One run on a machine of its own. */
  private final class Writer {
    private final int number;

    Writer(int number) {
      this.number = number;
    }

    Performed write(Together together) throws Exception {
      Path place = directory.resolve("writer-" + number + "-" + System.nanoTime());
      try (GitRepository own = GitRepository.initBare(place, Checkpoint.NONE)) {
        URI url = server.url("octo/lake");
        RemoteHeads remote = new RemoteHeads(own, Network.direct(), url, Optional.empty());
        Map<String, String> _ =
            remote.fetch(
                Map.of(
                    "refs/pull/" + number + "/head", "refs/optr/head", SIDE, SideBranch.FETCHED));
        String head = heads.getOrDefault(number, "");
        Plan plan = plan(own, head);
        together.await();
        PushedLedgerBranch side =
            new PushedLedgerBranch(
                own,
                remote,
                new AtomicPush(own, Network.direct(), url, Optional.empty()),
                Clock.systemUTC(),
                Optional.empty(),
                SideBranch.NAME,
                SideBranch.FETCHED);
        LedgerBranchWriter writer =
            new LedgerBranchWriter(side, at -> RunLedger.at(own, at), RunLog.attempts());
        return new SideBranchExecution(side, writer, RunLedger.at(own, head)).perform(plan);
      }
    }

    private Plan plan(GitRepository own, String head) {
      Map<String, Bytes> outputs =
          Map.of(
              "datalake/workflows/wish-pr-" + number + "/intent.json",
              Bytes.utf8("{\"wish\":" + number + "}\n"));
      List<Container> atHead = RunLedger.at(own, head);
      List<Container> atSide =
          own.resolve(SideBranch.FETCHED).map(tip -> RunLedger.at(own, tip)).orElse(List.of());
      AppendResult result =
          new LedgerAppender(
                  new LedgerVerifier(), Layout.PER_PR, Optional.empty(), Optional.empty())
              .append(
                  RunLedger.joined(atHead, atSide),
                  List.of(),
                  SampleEvents.run(
                      OCTO,
                      new PullRequestRef(number, "main", base, head),
                      number + 100L * atSide.size(),
                      outputs),
                  Instant.parse("2026-05-01T12:00:00Z").plusSeconds(100 - number));
      Receipt receipt =
          switch (result) {
            case Receipt made -> made.at(atHead);
            case AppendResult.Refused refused -> throw new AssertionError(refused.verification());
          };
      Map<String, Bytes> files = new HashMap<>(outputs);
      files.put(receipt.containerPath(), receipt.containerBytes());
      files.put(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
      return new Plan(
          head,
          files,
          "Record OPTR decision: selected\n\n" + receipt.trailers(),
          new GateVerdict(GateVerdict.State.FAILURE, "selected"));
    }
  }
}

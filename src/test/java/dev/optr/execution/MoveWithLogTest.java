package dev.optr.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.git.AtomicPush;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.ledger.AnchorLog;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes of branch and log to a served repository, whose anchors no ref leads to at first. */
final class MoveWithLogTest {
  private static final String TOKEN = "ghs_TheTokenOfThisTest";
  private static final String LOG = "refs/optr/log";

  @TempDir Path directory;
  private GitServer server;
  private GitRepository hosted;
  private TempRepo bare;
  private String head = "";

  @BeforeEach
  void serveFourTopics() {
    server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
    hosted = server.create("octo/app");
    bare = TempRepo.open(directory.resolve("srv/octo/app.git"));
    try (TempRepo source = TempRepo.create(directory.resolve("source"))) {
      head = source.commit("first", Map.of("a.txt", "a\n"));
      hosted.fetch(
          Network.direct(),
          source.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:refs/heads/main"));
    }
    for (int n = 1; n <= 4; n++) {
      bare.ref("refs/heads/topic-" + n, head);
    }
  }

  @AfterEach
  void close() {
    bare.close();
    hosted.close();
    server.close();
  }

  @Test
  void movesBranchAndLogAtOnce() throws InterruptedException {
    String anchor = LogWriters.anchor(hosted, head, 1);

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isEqualTo(new Performed.Anchored(anchor));

    AnchorLog log = LogWriters.read(hosted, LOG);
    assertThat(log.findings()).isEmpty();
    assertThat(LogWriters.commits(log)).containsExactly(anchor);
    assertThat(hosted.resolve("refs/heads/topic-1")).contains(anchor);
    assertThat(log.entries().toList().getFirst().anchor().pr()).isEqualTo(1);
  }

  @Test
  void losesNothingWhereFourWritersPushAtOnce() throws Exception {
    List<Callable<Performed>> writers = new ArrayList<>();
    List<String> anchors = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      int number = n;
      String anchor = LogWriters.anchor(hosted, head, n);
      anchors.add(anchor);
      writers.add(() -> move("topic-" + number, number, anchor, Optional.empty()));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Performed> performed : pool.invokeAll(writers)) {
        assertThat(performed.get()).isInstanceOf(Performed.Anchored.class);
      }
    }

    AnchorLog log = LogWriters.read(hosted, LOG);
    assertThat(log.findings()).isEmpty();
    assertThat(LogWriters.numbers(log)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(LogWriters.commits(log)).containsExactlyInAnyOrderElementsOf(anchors);
    for (int n = 1; n <= 4; n++) {
      assertThat(hosted.resolve("refs/heads/topic-" + n)).contains(anchors.get(n - 1));
    }
  }

  @Test
  void neitherMovesWhereSomebodyPushedToTheBranch() throws InterruptedException {
    String anchor = LogWriters.anchor(hosted, head, 1);
    String other = LogWriters.anchor(hosted, head, 9);
    bare.ref("refs/heads/topic-1", other);

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isEqualTo(new Performed.Superseded(other));
    assertThat(hosted.resolve(LOG)).isEmpty();
  }

  @Test
  void neitherMovesWhereSomebodyPushesToTheBranchMeanwhile() throws InterruptedException {
    String anchor = LogWriters.anchor(hosted, head, 1);
    String other = LogWriters.anchor(hosted, head, 9);
    server.beforeReceive(() -> bare.ref("refs/heads/topic-1", other));

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isEqualTo(new Performed.Superseded(other));
    assertThat(hosted.resolve(LOG)).isEmpty();
  }

  @Test
  void neitherMovesWhereTheBranchIsProtected() throws InterruptedException {
    server.refuse("refs/heads/topic-1", "protected branch hook declined");
    String anchor = LogWriters.anchor(hosted, head, 1);

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isInstanceOfSatisfying(
            Performed.Refused.class,
            refused -> assertThat(refused.reason()).contains("protected branch hook declined"));
    assertThat(hosted.resolve("refs/heads/topic-1")).contains(head);
    assertThat(hosted.resolve(LOG)).isEmpty();
    assertThat(pushes()).isEqualTo(1);
  }

  @Test
  void neitherMovesWhereTheBranchIsGone() throws InterruptedException {
    String anchor = LogWriters.anchor(hosted, head, 1);

    assertThat(move("gone", 1, anchor, Optional.empty())).isEqualTo(new Performed.Superseded(null));
    assertThat(hosted.resolve(LOG)).isEmpty();
  }

  @Test
  void looksWhatBecameOfAPushWhoseAnswerWasLost() throws InterruptedException {
    server.loseAnswers(1);
    String anchor = LogWriters.anchor(hosted, head, 1);

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isEqualTo(new Performed.Anchored(anchor));
    assertThat(LogWriters.numbers(LogWriters.read(hosted, LOG))).containsExactly(1L);
    assertThat(pushes()).isEqualTo(1);
  }

  @Test
  void givesUpAfterEightRaces() throws InterruptedException {
    String anchor = LogWriters.anchor(hosted, head, 1);
    List<String> others = new ArrayList<>();
    server.beforeReceive(
        () -> {
          int n = 100 + others.size();
          AnchorLog log = others.isEmpty() ? AnchorLog.empty() : LogWriters.read(hosted, LOG);
          String faster =
              LogWriters.writer(hosted)
                  .extend(log, LogWriters.logged(hosted, LogWriters.anchor(hosted, head, n)));
          others.add(faster);
          bare.ref(LOG, faster);
        });

    assertThat(move("topic-1", 1, anchor, Optional.empty()))
        .isEqualTo(new Performed.Refused("others kept moving refs/optr/log, 8 times in a row"));
    assertThat(others).hasSize(8);
    assertThat(hosted.resolve("refs/heads/topic-1")).contains(head);
  }

  @Test
  void refusesALogThatWasSetBackDuringTheRun() throws InterruptedException {
    String one = LogWriters.anchor(hosted, head, 1);
    assertThat(move("topic-1", 1, one, Optional.empty())).isInstanceOf(Performed.Anchored.class);
    Optional<String> first = hosted.resolve(LOG);
    String two = LogWriters.anchor(hosted, head, 2);
    assertThat(move("topic-2", 2, two, first)).isInstanceOf(Performed.Anchored.class);
    Optional<String> second = hosted.resolve(LOG);
    bare.ref(LOG, first.orElseThrow());
    String three = LogWriters.anchor(hosted, head, 3);

    assertThat(move("topic-3", 3, three, second))
        .isInstanceOfSatisfying(
            Performed.Refused.class,
            refused -> assertThat(refused.reason()).contains("was set back"));
    assertThat(hosted.resolve(LOG)).isEqualTo(first);
    assertThat(hosted.resolve("refs/heads/topic-3")).contains(head);
  }

  @Test
  void refusesAServerThatCannotMoveRefsTogether() {
    server.forgetAtomicPushes();
    String anchor = LogWriters.anchor(hosted, head, 1);

    assertThatThrownBy(() -> move("topic-1", 1, anchor, Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("log: off");
    assertThat(hosted.resolve("refs/heads/topic-1")).contains(head);
  }

  private long pushes() {
    return server.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .filter(request -> request.path().endsWith("/git-receive-pack"))
        .count();
  }

  private Performed move(String branch, int n, String anchor, Optional<String> knownTip)
      throws InterruptedException {
    URI url = server.url("octo/app");
    Optional<Secret> token = Optional.of(Secret.of(TOKEN));
    try (GitRepository local =
        GitRepository.initBare(directory.resolve("local-" + n), Checkpoint.NONE)) {
      MoveWithLog move =
          new MoveWithLog(
              new RemoteHeads(local, Network.direct(), url, token),
              new AtomicPush(local, Network.direct(), url, token),
              LogWriters.writer(local),
              LogWriters.pausing(),
              new MoveWithLog.Target(branch, LOG, n, knownTip));
      GateVerdict gate = new GateVerdict(GateVerdict.State.SUCCESS, "good");
      return move.move(new Plan(head, Map.of(), LogWriters.message(n), gate), anchor);
    }
  }
}

package dev.optr.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.ServiceException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorLog;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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

final class LocalAnchorLogTest {
  private static final String LOG = "refs/heads/optr-log";
  private static final String COPY = "refs/remotes/origin/optr-log";

  @TempDir Path directory;
  private TempRepo user;
  private GitRepository repository;
  private String head = "";

  @BeforeEach
  void open() {
    user = TempRepo.create(directory.resolve("repository"));
    head = user.commit("first", Map.of("a", "1"));
    repository = user.repository();
  }

  @AfterEach
  void close() {
    repository.close();
    user.close();
  }

  @Test
  void movesBranchAndLogTogether() throws InterruptedException {
    String one = LogWriters.anchor(repository, head, 1);
    String two = LogWriters.anchor(repository, one, 2);

    assertThat(move(head, one)).isTrue();
    assertThat(move(one, two)).isTrue();

    AnchorLog log = LogWriters.read(repository, LOG);
    assertThat(log.findings()).isEmpty();
    assertThat(LogWriters.commits(log)).containsExactly(one, two);
    assertThat(LogWriters.numbers(log)).containsExactly(1L, 2L);
    assertThat(user.head()).isEqualTo(two);
  }

  @Test
  void movesNeitherWhereTheBranchHasGoneOn() throws InterruptedException {
    String anchor = LogWriters.anchor(repository, head, 1);
    String moved = user.commit("second", Map.of("b", "1"));

    assertThat(move(head, anchor)).isFalse();

    assertThat(user.head()).isEqualTo(moved);
    assertThat(repository.resolve(LOG)).isEmpty();
  }

  @Test
  void goesOnFromAFetchedCopyThatIsAhead() throws InterruptedException {
    String one = LogWriters.anchor(repository, head, 1);
    assertThat(move(head, one)).isTrue();
    String ahead =
        LogWriters.writer(repository)
            .extend(
                LogWriters.read(repository, LOG),
                LogWriters.logged(repository, LogWriters.anchor(repository, head, 5)));
    user.ref(COPY, ahead);
    String two = LogWriters.anchor(repository, one, 2);

    assertThat(move(one, two)).isTrue();

    assertThat(LogWriters.numbers(LogWriters.read(repository, LOG))).containsExactly(1L, 2L, 3L);
    assertThat(LogWriters.read(repository, LOG).contains(ahead)).isTrue();
  }

  @Test
  void catchesUpOnWhatTheLogLacks() throws InterruptedException {
    String one = LogWriters.anchor(repository, head, 1);
    String two = LogWriters.anchor(repository, one, 2);
    user.ref("refs/heads/main", one);
    AnchorLogWriter catchingUp =
        new AnchorLogWriter(
            repository,
            InstantSource.fixed(Instant.EPOCH),
            Optional.empty(),
            log ->
                log.anchorsOf(LogWriters.entry(1)).isEmpty()
                    ? List.of(LogWriters.logged(repository, one))
                    : List.of());
    LocalAnchorLog log =
        new LocalAnchorLog(repository, LOG, List.of(), catchingUp, LogWriters.attempts());

    assertThat(log.moveWith("main", one, LogWriters.logged(repository, two))).isTrue();

    assertThat(LogWriters.commits(LogWriters.read(repository, LOG))).containsExactly(one, two);
  }

  @Test
  void putsNothingUponALogThatIsNotWhole() {
    String one = LogWriters.anchor(repository, head, 1);
    user.ref(LOG, head);

    assertThatThrownBy(() -> move(head, one))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("it is no commit of the log");
    assertThat(user.head()).isEqualTo(head);
    assertThat(repository.resolve(LOG)).contains(head);
  }

  @Test
  void losesNothingWhereFourBranchesMoveAtOnce() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      int number = n;
      user.ref("refs/heads/topic-" + n, head);
      writers.add(() -> write("topic-" + number, number));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> written : pool.invokeAll(writers)) {
        assertThat(written.get()).isTrue();
      }
    }

    AnchorLog log = LogWriters.read(repository, LOG);
    assertThat(log.findings()).isEmpty();
    assertThat(LogWriters.numbers(log)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(LogWriters.commits(log)).doesNotHaveDuplicates();
    for (int n = 1; n <= 4; n++) {
      assertThat(LogWriters.commits(log))
          .contains(repository.resolve("refs/heads/topic-" + n).orElseThrow());
    }
  }

  /** As a process of its own would: with its own view of the repository. */
  private boolean write(String branch, int n) throws InterruptedException {
    try (GitRepository own = GitRepository.open(user.directory(), Checkpoint.NONE)) {
      LocalAnchorLog log =
          new LocalAnchorLog(own, LOG, List.of(COPY), LogWriters.writer(own), LogWriters.pausing());
      String one = LogWriters.anchor(own, head, n);
      String two = LogWriters.anchor(own, one, 10 + n);
      return log.moveWith(branch, head, LogWriters.logged(own, one))
          && log.moveWith(branch, one, LogWriters.logged(own, two));
    }
  }

  private boolean move(String from, String anchor) throws InterruptedException {
    return new LocalAnchorLog(
            repository, LOG, List.of(COPY), LogWriters.writer(repository), LogWriters.attempts())
        .moveWith("main", from, LogWriters.logged(repository, anchor));
  }
}

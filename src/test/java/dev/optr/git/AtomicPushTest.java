package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicPushTest {
  private static final String TOKEN = "ghs_TheTokenOfThisTest";
  private static final String TOPIC = "refs/heads/topic";
  private static final String LOG = "refs/optr/log";

  @TempDir Path directory;
  private final List<String> passed = new ArrayList<>();
  private GitServer server;
  private GitRepository hosted;
  private GitRepository local;
  private String head = "";
  private String anchor = "";
  private String logged = "";

  @BeforeEach
  void serveATopic() {
    server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
    hosted = server.create("octo/app");
    try (TempRepo source = TempRepo.create(directory.resolve("source"))) {
      head = source.commit("first", Map.of("a.txt", "a\n"));
      hosted.fetch(
          Network.direct(),
          source.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:" + TOPIC));
    }
    local = GitRepository.initBare(directory.resolve("local"), passed::add);
    local.fetch(Network.direct(), url(), token(), List.of("+" + TOPIC + ":refs/optr/head"));
    anchor =
        AnchorCommit.build(
            local, head, Map.of(), "anchor\n", "optr", "o@l", Instant.EPOCH, Optional.empty());
    logged = log(List.of(anchor));
  }

  @AfterEach
  void close() {
    local.close();
    hosted.close();
    server.close();
  }

  @Test
  void movesSeveralRefsAtOnceWithTheToken() {
    assertThat(push(head, Optional.empty(), logged)).isEqualTo(new AtomicPush.Result.Moved());

    assertThat(hosted.resolve(TOPIC)).contains(anchor);
    assertThat(hosted.resolve(LOG)).contains(logged);
    assertThat(hosted.parents(logged)).containsExactly(anchor);
    assertThat(passed).contains("pushed " + TOPIC, "pushed " + LOG);
    assertThat(server.requests())
        .anySatisfy(request -> assertThat(request.path()).endsWith("/git-receive-pack"));
    String next = log(List.of(logged, head));
    assertThat(
            new AtomicPush(local, Network.direct(), url(), token())
                .push(List.of(new RefMoves.Move(LOG, Optional.of(logged), next))))
        .isEqualTo(new AtomicPush.Result.Moved());
  }

  @Test
  void movesNothingWhereOneRefIsNotWhereItWasExpected() {
    String other = log(List.of(head));
    pushLog(Optional.empty(), other);

    assertThat(push(head, Optional.empty(), logged)).isInstanceOf(AtomicPush.Result.NotMoved.class);
    assertThat(push(anchor, Optional.of(other), log(List.of(other, anchor))))
        .isInstanceOf(AtomicPush.Result.NotMoved.class);

    assertThat(hosted.resolve(TOPIC)).contains(head);
    assertThat(hosted.resolve(LOG)).contains(other);
  }

  @Test
  void movesNothingWhereSomebodyIsFasterAfterTheRefsWereRead() {
    String other = log(List.of(head));
    try (TempRepo bare = TempRepo.open(directory.resolve("srv/octo/app.git"))) {
      pushLog(Optional.empty(), other);
      bare.ref("refs/optr/kept", other);
      String faster = log(List.of(other, head));
      new AtomicPush(local, Network.direct(), url(), token())
          .push(List.of(new RefMoves.Move("refs/optr/faster", Optional.empty(), faster)));
      server.beforeReceive(() -> bare.ref(LOG, faster));

      assertThat(push(head, Optional.of(other), log(List.of(other, anchor))))
          .isInstanceOf(AtomicPush.Result.NotMoved.class);
      assertThat(hosted.resolve(LOG)).contains(faster);
      assertThat(hosted.resolve(TOPIC)).contains(head);
    }
  }

  @Test
  void movesNothingWhereAHookRefusesOneRef() {
    server.refuse(TOPIC, "protected branch hook declined");

    assertThat(push(head, Optional.empty(), logged))
        .isInstanceOfSatisfying(
            AtomicPush.Result.NotMoved.class,
            result ->
                assertThat(result.reasons()).contains(TOPIC + ": protected branch hook declined"));
    assertThat(hosted.resolve(TOPIC)).contains(head);
    assertThat(hosted.resolve(LOG)).isEmpty();
  }

  @Test
  void refusesAServerThatCannotMoveRefsTogether() {
    server.forgetAtomicPushes();

    assertThatThrownBy(() -> push(head, Optional.empty(), logged))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot move two refs at once")
        .hasMessageContaining("log: off");
    assertThat(hosted.resolve(TOPIC)).contains(head);
    assertThat(hosted.resolve(LOG)).isEmpty();
  }

  @Test
  void saysThatAnAnswerWasLost() {
    server.loseAnswers(1);

    assertThatThrownBy(() -> push(head, Optional.empty(), logged))
        .isInstanceOfSatisfying(
            ServiceException.class, thrown -> assertThat(thrown.worthRetrying()).isTrue());
    assertThat(hosted.resolve(TOPIC)).contains(anchor);
    assertThat(hosted.resolve(LOG)).contains(logged);
  }

  @Test
  void sendsTheTokenToNobodyElseAndShowsItToNobody() {
    try (GitServer other = GitServer.withPassword(directory.resolve("srv"), TOKEN)) {
      server.redirectTo("http://127.0.0.1:" + other.url("x/y").getPort());
      assertThatThrownBy(() -> push(head, Optional.empty(), logged))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("could not push to")
          .satisfies(AtomicPushTest::showsNoToken);
      assertThat(other.requests()).isEmpty();
    }
    assertThatThrownBy(
            () ->
                new AtomicPush(
                        local, Network.direct(), URI.create("https://u:p@example.org/x"), token())
                    .push(List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("u:p");
  }

  private static void showsNoToken(Throwable thrown) {
    java.io.StringWriter trace = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(TOKEN);
  }

  private AtomicPush.Result push(String from, Optional<String> log, String newLog) {
    return new AtomicPush(local, Network.direct(), url(), token())
        .push(
            List.of(
                new RefMoves.Move(TOPIC, Optional.of(from), anchor),
                new RefMoves.Move(LOG, log, newLog)));
  }

  private void pushLog(Optional<String> from, String to) {
    AtomicPush.Result result =
        new AtomicPush(local, Network.direct(), url(), token())
            .push(List.of(new RefMoves.Move(LOG, from, to)));
    assertThat(result).isEqualTo(new AtomicPush.Result.Moved());
  }

  private String log(List<String> parents) {
    return EmptyCommit.build(
        local, parents, "log\n", "optr", "o@l", Instant.EPOCH, Optional.empty());
  }

  private URI url() {
    return server.url("octo/app");
  }

  private static Optional<Secret> token() {
    return Optional.of(Secret.of(TOKEN));
  }
}

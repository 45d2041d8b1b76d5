package dev.optr.agents.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.ProgramLane;
import dev.optr.agents.Question;
import dev.optr.git.Change;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program lane reaches where it is confined, each beside what the same program reaches where
 * it is not. The mechanisms themselves are attacked in {@code dev.optr.isolation}.
 */
final class ConfinedCommandTest {
  @TempDir Path directory;
  private final LaneLog log = LaneSamples.log();
  private ProgramLane confined;
  private ProgramLane unconfined;
  private Question question;
  private HttpServer server;

  @BeforeEach
  void opens() throws IOException {
    confined = ProgramLane.confined(directory);
    unconfined = new ProgramLane(directory);
    question = unconfined.question();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "from the server".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void nothingIsLeft() {
    server.stop(0);
    question.trees().close();
    assertThat(confined.homes())
        .satisfiesAnyOf(
            homes -> assertThat(homes).doesNotExist(),
            homes -> assertThat(homes).isEmptyDirectory());
  }

  @Test
  void readsNoFileOfTheUsers() throws Exception {
    Path file = Files.writeString(directory.resolve("key.txt"), "a key of the user's");
    String script = "cat " + file + " > got.txt; ls " + directory + " >> got.txt; :";
    assertThat(written(unconfined, null, script)).contains("a key of the user's", "repository");
    assertThat(written(confined, null, script)).isEmpty();
  }

  @Test
  void writesNothingBesideItsOwnDirectories() throws Exception {
    Files.setPosixFilePermissions(
        Files.createDirectory(directory.resolve("open")),
        PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = directory.resolve("open/file");
    String script = "echo x > " + file + "; echo x > got.txt; mktemp; echo x > \"$HOME/x\"";
    written(confined, null, script);
    assertThat(file).doesNotExist();
    written(unconfined, null, script);
    assertThat(file).exists();
  }

  @Test
  void readsNothingOfThisProcess() throws Exception {
    String environ = "/proc/" + ProcessHandle.current().pid() + "/environ";
    String script = "tr '\\0' '\\n' < " + environ + " | grep -c = > got.txt; env >> got.txt";
    assertThat(written(unconfined, null, script))
        .containsPattern("\\A[1-9]")
        .contains("http_proxy");
    assertThat(written(confined, null, script))
        .startsWith("0\n")
        .doesNotContain("GITHUB_TOKEN", "nobody may see", "PROXY=", "proxy=");
  }

  @Test
  void handsInNoFileThatItCouldOnlyLinkTo() throws Exception {
    Path file = Files.writeString(directory.resolve("key.txt"), "a key of the user's");
    String script = "ln " + file + " got.txt; echo two > a.txt";
    assertThat(changes(unconfined, null, script)).hasSize(2);
    assertThat(changes(confined, null, script)).extracting(Change::path).containsExactly("a.txt");
  }

  @Test
  void reachesTheHostOfItsEndpointAndNoOther() throws Exception {
    String own = "http://127.0.0.1:" + server.getAddress().getPort();
    String past = "curl -s --noproxy '*' " + own + "/v1 > got.txt; echo $? >> got.txt";
    String through = past.replace("--noproxy '*'", "--proxytunnel -x \"$HTTPS_PROXY\"");
    String said = "from the server";
    assertThat(written(unconfined, null, past)).contains(said);
    assertThat(written(confined, own + "/v1", through)).contains(said);
    assertThat(written(confined, own + "/v1", past)).doesNotContain(said);
    assertThat(written(confined, "http://127.0.0.1:1", through)).doesNotContain(said);
    assertThat(written(confined, null, through)).doesNotContain(said);
    assertThat(written(confined, null, past)).doesNotContain(said);
  }

  @Test
  void readsThePackagesThatItIsPartOf() throws Exception {
    Path packages = Files.createDirectories(directory.resolve("node_modules/@x"));
    Files.writeString(packages.resolve("lib"), "cat " + directory + "/beside; echo ok > got.txt");
    Files.writeString(directory.resolve("beside"), "no part of it");
    confined.script("interpreter", ". \"$1\"");
    Path program = packages.resolve("agent");
    Files.writeString(program, "#!/usr/bin/env interpreter\n. " + packages + "/lib\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(directory.resolve("bin/linked"), program);
    Answer answer = agent(confined, null, List.of("linked")).ask(question, log);
    assertThat(ProgramLane.changes(answer)).extracting(Change::content).containsExactly("ok\n");
    assertThat(answer.exchange().transcript().toString())
        .contains("Permission denied")
        .doesNotContain("no part of it");
  }

  @Test
  void saysHowFarItWasIsolated() throws Exception {
    Answer free = ask(unconfined, null, "echo two > a.txt");
    assertThat(free.exchange().transcript().getFirst().text("isolation"))
        .isEqualTo("none ('isolation: off')");
    assertThat(agent(confined, null, List.of("agent")).ask(question, LaneSamples.log()).exchange())
        .satisfies(
            exchange ->
                assertThat(exchange.transcript().getFirst().text("isolation"))
                    .matches("full|partial\\(.+\\)"));
  }

  @Test
  void isUnavailableWhereItsHostIsBehindAProxy() {
    Map<String, String> proxies = Map.of("HTTPS_PROXY", "http://proxy.example:3128");
    ProgramLane behind = ProgramLane.confined(directory, proxies);
    String endpoint = "https://models.example/v1";
    assertThat(agent(behind, endpoint, List.of("sh")).unavailable())
        .hasValueSatisfying(
            reason ->
                assertThat(reason).contains("HTTPS_PROXY", "models.example", "'isolation: off'"));
    assertThat(agent(behind, null, List.of("sh")).unavailable()).isEmpty();
    Map<String, String> excepted = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", ".example");
    assertThat(
            agent(ProgramLane.confined(directory, excepted), endpoint, List.of("sh")).unavailable())
        .isEmpty();
  }

  @Test
  void saysWhyAProgramCannotBeReached() throws Exception {
    Path hidden = Files.createDirectories(directory.resolve("hidden"));
    Path program = Files.writeString(hidden.resolve("agent"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    boolean root = "root".equals(System.getProperty("user.name"));
    Answer answer = agent(confined, null, List.of(program.toString())).ask(question, log);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.code())
                  .isEqualTo(root ? FailureCode.UNAVAILABLE : FailureCode.EMPTY);
              assertThat(failed.message()).contains(root ? hidden.toString() : "changed no file");
            });
  }

  /** What a script left in one file; empty where that is missing or empty. */
  private String written(ProgramLane lane, @Nullable String endpoint, String script)
      throws InterruptedException {
    return changes(lane, endpoint, script + "; echo two > a.txt").stream()
        .filter(change -> change.path().equals("got.txt"))
        .map(change -> String.valueOf(change.content()))
        .findFirst()
        .orElse("");
  }

  private List<Change> changes(ProgramLane lane, @Nullable String endpoint, String script)
      throws InterruptedException {
    return ProgramLane.changes(ask(lane, endpoint, script));
  }

  private Answer ask(ProgramLane lane, @Nullable String endpoint, String script)
      throws InterruptedException {
    lane.script("agent", script);
    return agent(lane, endpoint, List.of("agent")).ask(question, LaneSamples.log());
  }

  private static CommandAgent agent(
      ProgramLane lane, @Nullable String endpoint, List<String> command) {
    return new CommandAgent(ProgramLane.at(endpoint, command), Optional.empty(), lane.programs());
  }
}

package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.git.Change;
import dev.optr.isolation.Isolation;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests of agents that are programs share: a search path of their own, and shell scripts. */
public final class ProgramLane {
  public static final String KEY = "ghu_0123456789abcdefghij";
  public static final ProgramPolicy UNCONFINED = new ProgramPolicy.Unconfined("'isolation: off'");

  private static final String AUTHORITIES = "/etc/company/ca.pem";
  private static final boolean STRICT = "true".equals(System.getenv("CI"));

  private final Path directory;
  private final ProgramPolicy policy;
  private final Map<String, String> proxies;

  /** Of programs that are not confined, behind proxies. */
  public ProgramLane(Path directory) {
    this(
        directory,
        UNCONFINED,
        Map.of(
            "HTTPS_PROXY", "http://user:proxy-login@proxy.example:3128",
            "http_proxy", "http://proxy.example:3128"));
  }

  private ProgramLane(Path directory, ProgramPolicy policy, Map<String, String> proxies) {
    this.directory = directory;
    this.policy = policy;
    this.proxies = proxies;
  }

  /** Of programs that are confined as this machine can; assumes that it can. */
  public static ProgramLane confined(Path directory) {
    return confined(directory, Map.of());
  }

  /** The same behind proxies. */
  public static ProgramLane confined(Path directory, Map<String, String> proxies) {
    try {
      // Another user id must get to the working copy.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Isolation isolation = Isolation.probe(directory, System::nanoTime);
    if (!STRICT) {
      assumeTrue(isolation.opensHosts(), "a program and its hosts cannot be confined here");
    }
    assertThat(isolation.opensHosts()).isTrue();
    return new ProgramLane(directory, new ProgramPolicy.Confined(isolation), proxies);
  }

  /** Then programs leave nothing behind but their answer. */
  public boolean isConfined() {
    return policy instanceof ProgramPolicy.Confined;
  }

  /** Puts a script on the search path. */
  public Path script(String name, String text) {
    try {
      Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
      Files.writeString(file, "#!/bin/sh\n" + text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LanePrograms programs() {
    return programs(policy);
  }

  public LanePrograms programs(ProgramPolicy policy) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    environment.putAll(proxies);
    environment.put("SSL_CERT_FILE", AUTHORITIES);
    environment.put("GITHUB_TOKEN", "a token that nobody may see");
    return new LanePrograms(
        policy,
        environment,
        () -> Network.of(proxies, directory),
        homes(),
        System::nanoTime,
        new Redactor(List.of(Secret.of(KEY), Secret.of("another-secret-value"))));
  }

  /** Empty once every program has ended. */
  public Path homes() {
    return directory.resolve("homes");
  }

  /** A question with a file that the lane is not shown. */
  public Question question() {
    return LaneSamples.question(
            directory.resolve("repository"),
            "Make login survive",
            Map.of("a.txt", "one\n", "src/B.java", "class B {}\n", "hidden.pem", "a secret\n"))
        .showing(path -> !path.endsWith(".pem"));
  }

  /** A lane of type command whose program may reach an endpoint. */
  public static AgentSpec at(@Nullable String endpoint, List<String> command) {
    return spec(AgentType.COMMAND, command, null, null, endpoint, Workflow.Budget.NONE);
  }

  public static AgentSpec spec(
      AgentType type,
      List<String> command,
      @Nullable String credential,
      @Nullable String model,
      Workflow.Budget budget) {
    return spec(type, command, credential, model, null, budget);
  }

  private static AgentSpec spec(
      AgentType type,
      List<String> command,
      @Nullable String credential,
      @Nullable String model,
      @Nullable String endpoint,
      Workflow.Budget budget) {
    return new AgentSpec(
        "lane",
        type,
        model,
        endpoint,
        credential,
        null,
        AgentSpec.Role.PROPOSE,
        null,
        null,
        Map.of(),
        false,
        Duration.ofMinutes(2),
        30,
        budget,
        List.of(),
        null,
        command,
        "ab".repeat(32));
  }

  /** A call of the protocol whose every argument holds these words. */
  public static String call(String tool, String words) {
    JsonObject arguments =
        switch (tool) {
          case "decline" -> Json.object().put("reason", words).build();
          case "submit_path" ->
              Json.object()
                  .put("summary", words)
                  .put("rationale", words)
                  .put("edits", Json.array(List.of(Json.object().put("op", words).build())))
                  .build();
          default -> Json.object().put(words, words).build();
        };
    return CanonicalJson.text(Json.object().put("tool", tool).put("arguments", arguments).build());
  }

  /** The files of a proposal that was made in a directory. */
  public static List<Change> changes(Answer answer) {
    return switch (answer) {
      case Answer.Proposed(Proposal proposal, _) ->
          ((Proposal.Work.Changes) proposal.work()).changes();
      case Answer.Failed _, Answer.Declined _, Answer.NotAsked _ ->
          throw new AssertionError(answer.toString());
    };
  }
}

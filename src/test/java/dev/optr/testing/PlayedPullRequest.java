package dev.optr.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * GitHub and both providers, played on loopback around a real repository: pull request 7 of {@code
 * acme/widgets}, whose base holds the workflow file and whose head changes a file beside it (8, 9
 * and 10 have the same head). Both providers propose; what they propose holds.
 */
public final class PlayedPullRequest implements AutoCloseable {
  public static final String OPENAI_KEY = "sk-proj-OpenAiKeyThatNobodyMaySee0123456789";
  public static final String ANTHROPIC_KEY = "sk-ant-AnthropicKeyThatNobodyMaySee0123456789";
  public static final String SHORT_WORKFLOW =
      """
      agents:
        - name: codex
          type: openai-codex
        - name: claude
          type: anthropic-claude
        - name: copilot
          type: github-copilot
        - name: mscopilot
          type: ms-copilot-stride
      optr: select_optr
      ledger: enabled
      auditable: true
      """;

  private final Path root;
  private final String repository;
  private final GitServer git;
  private final WireMockServer providers;
  private final FakeGitHub gitHub;
  private final Path bare;
  private final String base;
  private String head;
  private int merges;

  private PlayedPullRequest(Path root, Map<String, String> baseFiles, WireMockServer providers) {
    this(root, baseFiles, providers, "", FakeGitHub::new);
  }

  private PlayedPullRequest(
      Path root,
      Map<String, String> baseFiles,
      WireMockServer providers,
      String webPath,
      Function<Path, FakeGitHub> server) {
    this.root = root;
    this.repository = webPath + FakeGitHub.REPOSITORY;
    this.providers = providers;
    this.git = GitServer.withPassword(root.resolve("served"), FakeGitHub.TOKEN);
    try (TempRepo work = TempRepo.create(root.resolve("author"))) {
      this.base = work.commit("Start", baseFiles);
      work.branch("topic");
      work.checkout("topic");
      this.head = work.commit("Say more", Map.of("README.md", "more\n"));
      work.checkout("main");
      String merge = work.merge("Merge topic", "topic");
      work.ref("refs/pull/7/merge", merge);
      work.ref("refs/heads/main", base);
      for (int number = 7; number <= 10; number++) {
        work.ref("refs/pull/" + number + "/head", head);
      }
      this.bare = root.resolve("served").resolve(repository + ".git");
      try (GitRepository served = git.create(repository)) {
        served.fetch(
            Network.direct(),
            work.directory().toUri(),
            Optional.empty(),
            List.of("+refs/heads/*:refs/heads/*", "+refs/pull/*:refs/pull/*"));
      }
    }
    this.gitHub = server.apply(bare);
    gitHub.openPullRequest(7, "topic", head);
  }

  /** With a workflow file that names both providers and runs one command. */
  public static PlayedPullRequest start(Path root) {
    return startWith(root, "");
  }

  /** The same with more lines in that file. */
  public static PlayedPullRequest startWith(Path root, String settings) {
    WireMockServer providers = providers();
    return new PlayedPullRequest(root, files(providers, settings), providers);
  }

  private static Map<String, String> files(WireMockServer providers, String settings) {
    return Map.of(
        ".github/workflow-optr.yaml",
        workflow(providers.port()) + settings,
        "a.txt",
        "one\n",
        "README.md",
        "short\n");
  }

  /** The same at an enterprise's own server, whose web pages and git have a path before them. */
  public static PlayedPullRequest startEnterprise(Path root) {
    WireMockServer providers = providers();
    return new PlayedPullRequest(
        root, files(providers, ""), providers, "github/", FakeGitHub::enterprise);
  }

  /** With these files on the base branch. */
  public static PlayedPullRequest start(Path root, Map<String, String> baseFiles) {
    return new PlayedPullRequest(root, baseFiles, providers());
  }

  private static WireMockServer providers() {
    WireMockServer providers = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    providers.start();
    providers.stubFor(
        post(urlEqualTo("/openai/responses"))
            .willReturn(
                aResponse()
                    .withHeader("x-request-id", "req_o1")
                    .withBody(fixture("openai/proposal.json"))));
    String longer =
        fixture("anthropic/proposal.json").replace("\"two\"", "\"two\\nand three\\nand four\"");
    providers.stubFor(
        post(urlEqualTo("/anthropic/v1/messages"))
            .willReturn(aResponse().withHeader("request-id", "req_a1").withBody(longer)));
    return providers;
  }

  private static String workflow(int port) {
    return """
        workflow: widgets
        isolation: off
        invariants:
          - id: tests
            run: grep -q two a.txt
            timeout: 1m
        agents:
          - name: codex
            type: openai-codex
            endpoint: http://127.0.0.1:%1$d/openai
          - name: claude
            type: anthropic-claude
            endpoint: http://127.0.0.1:%1$d/anthropic
          - name: copilot
            type: github-copilot
          - name: mscopilot
            type: ms-copilot-stride
        """
        .formatted(port);
  }

  private static String fixture(String name) {
    try {
      return Files.readString(Path.of("test-fixtures/providers", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A runner for this repository, with every input that a user would set. */
  public Runner runner(String directory) {
    return new Runner(root.resolve(directory), gitHub.apiUrl(), serverUrl())
        .repository(FakeGitHub.REPOSITORY, FakeGitHub.REPOSITORY_ID)
        .variable("GITHUB_GRAPHQL_URL", gitHub.graphqlUrl().toString())
        .input("github-token", FakeGitHub.TOKEN)
        .input("openai-api-key", OPENAI_KEY)
        .input("anthropic-api-key", ANTHROPIC_KEY)
        .input("workflow", "")
        .input("fail-on", "none-admissible");
  }

  /** One of our payloads of test-fixtures/github, about the played commits. */
  public String event(String fixture) {
    try {
      return Files.readString(Path.of("test-fixtures/github", fixture), UTF_8)
          .replace("3f9c2ab07d51e84c6b92f0a1d3e5c7894b6a2d10", head)
          .replace("b5e0d1f3a7c94e62b8d1405f6a3c27e98d40f1b2", base);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** GitHub moves this ref whenever the pull request's branch moves. */
  public void headIs(String commit) {
    head = commit;
    gitHub.pullRequests().headIs(7, commit);
    try (TempRepo served = TempRepo.open(bare)) {
      served.ref("refs/pull/7/head", commit);
    }
  }

  /** What GitHub's queue would merge: main with the topic in it, on a branch of the queue's own. */
  public String mergeGroup(String queueBranch) {
    return merged("refs/heads/" + queueBranch);
  }

  /** Somebody merges the pull request as it stands; gives the merge commit. */
  public String merge() {
    return merged("refs/heads/main");
  }

  private String merged(String target) {
    merges++;
    try (TempRepo work = TempRepo.create(root.resolve("merge" + merges));
        GitRepository author = work.repository();
        GitRepository served = served()) {
      author.fetch(
          Network.direct(),
          bare.toUri(),
          Optional.empty(),
          List.of("+refs/heads/topic:refs/heads/merging", "+refs/heads/main:refs/heads/onto"));
      work.checkout("onto");
      String merge = work.merge("Merge pull request #7 from acme/topic", "merging");
      served.fetch(
          Network.direct(),
          work.directory().toUri(),
          Optional.empty(),
          List.of("+refs/heads/onto:" + target));
      return merge;
    }
  }

  /** Somebody puts the pull request's branch back to a commit. */
  public void topicIs(String commit) {
    try (TempRepo served = TempRepo.open(bare)) {
      served.ref("refs/heads/topic", commit);
    }
  }

  /** Somebody pushes to the pull request's branch; gives the new commit. */
  public String pushToTopic(String message) {
    return pushToTopic(message, Map.of("README.md", message + "\n"));
  }

  /** See {@link #pushToTopic(String)}. */
  public String pushToTopic(String message, Map<String, String> files) {
    try (TempRepo work = TempRepo.open(root.resolve("author"));
        GitRepository author = work.repository();
        GitRepository served = served()) {
      author.fetch(
          Network.direct(),
          bare.toUri(),
          Optional.empty(),
          List.of("+refs/heads/topic:refs/heads/pushed"));
      work.checkout("pushed");
      String commit = work.commit(message, files);
      work.checkout("main");
      served.fetch(
          Network.direct(),
          work.directory().toUri(),
          Optional.empty(),
          List.of("+refs/heads/pushed:refs/heads/topic"));
      return commit;
    }
  }

  /**
   * Somebody puts another commit in an anchor's place: the same files but for words of claude's
   * document; gives that commit.
   */
  public String rewriteAnchor(String anchor, String words, String others) {
    try (TempRepo work = TempRepo.open(root.resolve("author"));
        GitRepository author = work.repository();
        GitRepository served = served()) {
      author.fetch(
          Network.direct(),
          bare.toUri(),
          Optional.empty(),
          List.of("+refs/heads/topic:refs/heads/real"));
      work.ref("refs/heads/forged", served.parents(anchor).getFirst());
      work.checkout("forged");
      Map<String, String> files = new HashMap<>();
      for (String path : served.changedPaths(anchor)) {
        String text = served.file(anchor, path).orElseThrow().utf8();
        files.put(path, path.endsWith("/claude.json") ? text.replace(words, others) : text);
      }
      String forged = work.commit(served.message(anchor), files);
      work.checkout("main");
      served.fetch(
          Network.direct(),
          work.directory().toUri(),
          Optional.empty(),
          List.of("+refs/heads/forged:refs/heads/topic"));
      return forged;
    }
  }

  public URI serverUrl() {
    String url = git.url(repository).toString();
    return URI.create(url.substring(0, url.indexOf("/" + FakeGitHub.REPOSITORY)));
  }

  /** The repository that everybody sees; close it after use. */
  public GitRepository served() {
    return GitRepository.open(bare, Checkpoint.NONE);
  }

  /** Where that repository lies. */
  public Path servedDirectory() {
    return bare;
  }

  public FakeGitHub gitHub() {
    return gitHub;
  }

  public GitServer git() {
    return git;
  }

  public WireMockServer providerServer() {
    return providers;
  }

  public String base() {
    return base;
  }

  public String head() {
    return head;
  }

  @Override
  public void close() {
    gitHub.close();
    providers.stop();
    git.close();
  }
}

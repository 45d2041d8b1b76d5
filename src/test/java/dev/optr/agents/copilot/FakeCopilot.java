package dev.optr.agents.copilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's agent tasks on loopback, over a real bare repository whose objects its git database
 * shows. It holds to the order of a conversation: a task needs its base branch, is not looked at
 * before it was started or after it has ended, and no branch is read while it works. What comes out
 * of turn is answered 418 and kept.
 */
final class FakeCopilot implements AutoCloseable {
  static final String REPOSITORY = "octo/app";
  static final String TASK = "0f6c1f6e-1111-4222-8333-444455556666";

  private static final String TASKS = "/agents/repos/" + REPOSITORY + "/tasks";
  private static final String REPO = "/repos/" + REPOSITORY + "/";

  /** An answer that is given instead of the usual one; a null body = the connection is cut. */
  private record Script(String line, int status, @Nullable String body, List<String> headers) {}

  private final List<String> lines = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<JsonObject> starts = new ArrayList<>();
  private final List<Script> scripts = new ArrayList<>();
  private final Deque<JsonObject> answers = new ArrayDeque<>();
  private final WireMockServer server;
  private final FakeRepository repository;
  private final String id;
  private volatile @Nullable FakeCopilot neighbour;
  private volatile @Nullable JsonObject working;
  private boolean started;
  private boolean ended;
  private boolean revalidates;
  private String etag = "";
  private @Nullable JsonObject fallback;
  private @Nullable UnaryOperator<JsonObject> unseen;
  private Runnable beforeEnd = () -> {};
  private UnaryOperator<String> listing = text -> text;

  FakeCopilot(Path bare) {
    this(bare, TASK);
  }

  /**
   * @param id of its task
   */
  FakeCopilot(Path bare, String id) {
    this.id = id;
    repository = new FakeRepository(bare);
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .jettyStopTimeout(100L)
                .extensions(new Answers(this)));
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse()));
    server.start();
  }

  String url() {
    return server.baseUrl();
  }

  WireMockServer server() {
    return server;
  }

  FakeRepository repository() {
    return repository;
  }

  /** Shows the task of another one as well, as that of another run, while it works. */
  FakeCopilot besides(FakeCopilot other) {
    neighbour = other;
    return this;
  }

  /** What the task says at each look; the last one is also said to those who look again. */
  FakeCopilot says(JsonObject... looks) {
    answers.addAll(List.of(looks));
    return this;
  }

  /** What it says where the test says nothing else. */
  void otherwise(JsonObject look) {
    fallback = look;
  }

  /** What the agent does when its task ends. */
  FakeCopilot does(Runnable work) {
    beforeEnd = work;
    return this;
  }

  /** Instead of what it would say to the next request whose line matches. */
  FakeCopilot script(String line, int status, String body, String... headers) {
    scripts.add(new Script(line, status, body, List.of(headers)));
    return this;
  }

  /** The next request whose line matches gets no answer. */
  FakeCopilot cut(String line) {
    scripts.add(new Script(line, 0, null, List.of()));
    return this;
  }

  /** Answers 304 to who knows the newest state of the task. */
  FakeCopilot revalidates() {
    revalidates = true;
    return this;
  }

  /** Changes what a tree's listing says. */
  FakeCopilot lists(UnaryOperator<String> change) {
    listing = change;
    return this;
  }

  /** Starts a task by the next request although its answer is scripted; this is how it is seen. */
  FakeCopilot whenStarted(UnaryOperator<JsonObject> seen) {
    unseen = seen;
    return this;
  }

  /** Method and path of every request, in order. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  synchronized List<JsonObject> starts() {
    return List.copyOf(starts);
  }

  private synchronized ResponseDefinition answer(LoggedRequest request) {
    String line = request.getMethod().value() + " " + request.getUrl();
    lines.add(line);
    if (line.equals("POST " + TASKS)) {
      starts.add(object(request));
      startUnseen();
    }
    for (Script script : scripts) {
      if (line.matches(script.line())) {
        scripts.remove(script);
        return scripted(script);
      }
    }
    String path = URLDecoder.decode(request.getUrl().replaceFirst("\\?.*", ""), UTF_8);
    String plain = request.getMethod().value() + " " + path;
    return task(plain, request)
        .or(() -> git(plain, request))
        .orElseGet(() -> refuse(plain))
        .build();
  }

  private void startUnseen() {
    UnaryOperator<JsonObject> seen = unseen;
    if (seen != null) {
      unseen = null;
      started = true;
      answers.addFirst(seen.apply(starts.getLast()));
      answers.addLast(Objects.requireNonNull(fallback));
    }
  }

  private static ResponseDefinition scripted(Script script) {
    String body = script.body();
    if (body == null) {
      return WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
    }
    ResponseDefinitionBuilder builder =
        WireMock.aResponse().withStatus(script.status()).withBody(body);
    for (int i = 0; i < script.headers().size(); i += 2) {
      builder.withHeader(script.headers().get(i), script.headers().get(i + 1));
    }
    return builder.build();
  }

  private Optional<ResponseDefinitionBuilder> task(String line, LoggedRequest request) {
    if (line.equals("POST " + TASKS)) {
      return Optional.of(start(object(request)));
    }
    if (line.equals("GET " + TASKS)) {
      List<Json> all = new ArrayList<>(started ? List.of(task()) : List.of());
      foreign().ifPresent(task -> all.add(task.without("sessions")));
      return Optional.of(json(200, Json.object().put("tasks", Json.array(all))));
    }
    if (line.equals("GET " + TASKS + "/" + id)) {
      return Optional.of(started && !ended ? look(request) : refuse(line));
    }
    return foreign()
        .filter(task -> line.equals("GET " + TASKS + "/" + task.text("id")))
        .map(task -> json(200, task));
  }

  private Optional<JsonObject> foreign() {
    FakeCopilot other = neighbour;
    return Optional.ofNullable(other == null ? null : other.working);
  }

  private ResponseDefinitionBuilder start(JsonObject body) {
    String base = Objects.requireNonNull(body.text("base_ref"));
    if (started || body.get("head_ref") != null) {
      return refuse("a second task");
    }
    if (repository.tip(base).isEmpty()) {
      return error(422, "Validation Failed");
    }
    started = true;
    JsonObject session =
        Json.object()
            .put("id", "s-1")
            .put("state", "queued")
            .put("created_at", "2026-11-22T06:00:00Z")
            .put("base_ref", base)
            .build();
    working = task().with("sessions", Json.array(List.of(session)));
    return json(201, task());
  }

  private JsonObject task() {
    return Json.object()
        .put("id", id)
        .put("html_url", "https://github.com/octo/app/copilot/tasks/" + id)
        .put("state", "queued")
        .put("created_at", "2026-11-22T06:00:00Z")
        .put("artifacts", Json.array(List.of()))
        .build();
  }

  private ResponseDefinitionBuilder look(LoggedRequest request) {
    boolean known = !etag.isEmpty() && etag.equals(request.getHeader("If-None-Match"));
    JsonObject said = answers.size() > 1 ? answers.poll() : answers.peek();
    JsonObject next = Objects.requireNonNull(said == null ? fallback : said);
    String tag = "\"" + Integer.toHexString(next.hashCode()) + "\"";
    if (revalidates && known && tag.equals(etag)) {
      return WireMock.aResponse().withStatus(304);
    }
    etag = tag;
    String state = next.text("state");
    if (!List.of("queued", "in_progress").contains(String.valueOf(state)) && isLast(next)) {
      ended = true;
      working = null;
      beforeEnd.run();
    }
    return json(200, next).withHeader("ETag", tag);
  }

  private boolean isLast(JsonObject answer) {
    return answers.isEmpty() || (answers.size() == 1 && answer.equals(answers.peek()));
  }

  private Optional<ResponseDefinitionBuilder> git(String line, LoggedRequest request) {
    if (line.equals("POST " + REPO + "git/refs")) {
      return Optional.of(createRef(object(request)));
    }
    if (line.startsWith("DELETE " + REPO + "git/refs/heads/")) {
      String branch = line.substring(("DELETE " + REPO + "git/refs/heads/").length());
      return Optional.of(
          repository.delete(branch)
              ? WireMock.aResponse().withStatus(204)
              : error(422, "Reference does not exist"));
    }
    if (!line.startsWith("GET " + REPO)) {
      return Optional.empty();
    }
    String resource = line.substring(("GET " + REPO).length());
    if (resource.startsWith("git/ref/heads/")) {
      String branch = resource.substring("git/ref/heads/".length());
      return Optional.of(
          repository
              .tip(branch)
              .map(tip -> json(200, repository.ref(branch, tip)))
              .orElseGet(() -> error(404, "Not Found")));
    }
    return ended ? repository.read(resource, listing).map(it -> text(200, it)) : Optional.empty();
  }

  private ResponseDefinitionBuilder createRef(JsonObject body) {
    String ref = Objects.requireNonNull(body.text("ref"));
    String sha = Objects.requireNonNull(body.text("sha"));
    String branch = ref.substring("refs/heads/".length());
    if (!repository.has(sha)) {
      return error(422, "Object does not exist");
    }
    if (repository.tip(branch).isPresent()) {
      return error(422, "Reference already exists");
    }
    repository.create(branch, sha);
    return json(201, repository.ref(branch, sha));
  }

  private ResponseDefinitionBuilder refuse(String line) {
    unexpected.add(line);
    return error(418, "out of turn");
  }

  private static JsonObject object(LoggedRequest request) {
    try {
      return JsonReader.readObject(request.getBody());
    } catch (JsonException e) {
      throw new AssertionError(request.getBodyAsString(), e);
    }
  }

  static String message(String words) {
    return dev.optr.base.CanonicalJson.text(
        Json.object()
            .put("message", words)
            .put("documentation_url", "https://docs.github.com/rest")
            .build());
  }

  private static ResponseDefinitionBuilder error(int status, String words) {
    return text(status, message(words));
  }

  private static ResponseDefinitionBuilder json(int status, JsonObject body) {
    return text(status, dev.optr.base.CanonicalJson.text(body));
  }

  private static ResponseDefinitionBuilder json(int status, Json.Builder body) {
    return json(status, body.build());
  }

  private static ResponseDefinitionBuilder text(int status, String body) {
    return WireMock.aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json; charset=utf-8")
        .withHeader("x-github-request-id", "A1:B2")
        .withBody(body);
  }

  @Override
  public void close() {
    server.stop();
    repository.close();
  }

  private record Answers(FakeCopilot github) implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "copilot";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return github.answer(event.getRequest());
    }
  }
}

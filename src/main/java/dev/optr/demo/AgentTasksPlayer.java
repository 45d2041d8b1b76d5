package dev.optr.demo;

import dev.optr.agents.Proposal;
import dev.optr.agents.SubmitPath;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.CandidateCommit;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GitHub's agent tasks: one task, whose recorded path is committed to a branch of the remote
 * repository, and GitHub's git database as far as the branch is read there.
 */
final class AgentTasksPlayer implements Player {
  private static final String TASK = "demo-task";
  private static final String BRANCH = "copilot/keep-sessions";
  private static final String NANO_CREDITS = "31000000000";

  private final RecordedConversation conversation;
  private final String slug;
  private final GitRepository remote;
  private final Path temporary;
  private final InstantSource clock;
  private final Map<String, String> branches = new ConcurrentHashMap<>();

  /**
   * @param slug {@code owner/name}
   * @param temporary where edits are tried
   */
  AgentTasksPlayer(
      RecordedConversation conversation,
      String slug,
      GitRepository remote,
      Path temporary,
      InstantSource clock) {
    this.conversation = conversation;
    this.slug = slug;
    this.remote = remote;
    this.temporary = temporary;
    this.clock = clock;
  }

  @Override
  public PlayedReply answer(PlayedRequest request) throws InterruptedException {
    String tasks = "/agents/repos/" + slug + "/tasks";
    String git = "/repos/" + slug + "/git/";
    String heads = git + "ref/heads/";
    String compared = "/repos/" + slug + "/compare/";
    String path = request.path();
    if (request.is("POST", git + "refs")) {
      return created(request.body());
    }
    if (request.is("POST", tasks)) {
      return started(request.body());
    }
    if (request.is("GET", tasks + "/" + TASK)) {
      Thread.sleep(conversation.thinking());
      return PlayedReply.ok(task("completed"));
    }
    if (request.method().equals("DELETE") && path.startsWith(git + "refs/heads/")) {
      branches.remove(path.substring((git + "refs/heads/").length()));
      return new PlayedReply(204, Json.NULL);
    }
    if (path.startsWith(heads)) {
      return ref(path.substring(heads.length()));
    }
    if (path.startsWith(compared)) {
      return compared(path.substring(compared.length()).split("\\.\\.\\.", 2));
    }
    return path.startsWith(git) ? object(path.substring(git.length())) : missing();
  }

  private PlayedReply created(JsonObject body) {
    String ref = String.valueOf(body.text("ref"));
    String commit = String.valueOf(body.text("sha"));
    if (remote.resolve(commit).isEmpty()) {
      return problem(422, "Object does not exist");
    }
    branches.put(ref.substring("refs/heads/".length()), commit);
    return new PlayedReply(201, target(ref, commit));
  }

  /** The agent is quick: its commit is there before the first look. */
  private PlayedReply started(JsonObject body) {
    String base = String.valueOf(body.text("base_ref"));
    String frozen = branches.get(base);
    if (frozen == null) {
      return problem(422, "Validation Failed");
    }
    branches.put(BRANCH, commit(frozen));
    return new PlayedReply(201, task("queued"));
  }

  private String commit(String frozen) {
    try (TreeStore trees = TreeStore.open(remote, temporary)) {
      List<Change> changes =
          switch (trees.apply(remote.frozenTree(frozen), edits())) {
            case TreeResult.Applied applied -> applied.changes();
            case TreeResult.Rejected(List<String> errors) -> throw damaged(errors);
          };
      return switch (CandidateCommit.build(
          remote,
          frozen,
          changes,
          "Keep sessions",
          "Copilot",
          "copilot@example.invalid",
          clock.instant())) {
        case CandidateCommit.Made(String commit, _) -> commit;
        case CandidateCommit.Rejected(List<String> errors) -> throw damaged(errors);
      };
    }
  }

  private List<Edit> edits() {
    JsonObject arguments = conversation.turns().getLast().calls().getLast().arguments();
    if (SubmitPath.parse(arguments) instanceof SubmitPath.Parsed(Proposal proposal)
        && proposal.work() instanceof Proposal.Work.Edits(List<Edit> edits)) {
      return edits;
    }
    throw damaged(List.of("its last call is no path"));
  }

  private static IllegalStateException damaged(List<String> errors) {
    return new IllegalStateException("the recorded task does not fit its repository: " + errors);
  }

  private JsonObject task(String state) {
    JsonObject branch =
        Json.object()
            .put("provider", "github")
            .put("type", "branch")
            .put("data", Json.object().put("head_ref", BRANCH).build())
            .build();
    JsonObject usage =
        Json.object()
            .put("type", "ai_credits")
            .put("amount", Json.number(new BigDecimal(NANO_CREDITS)))
            .build();
    JsonObject session =
        Json.object()
            .put("id", "demo-session")
            .put("state", state)
            .put("head_ref", BRANCH)
            .put("model", conversation.model())
            .put("usage", usage)
            .build();
    return Json.object()
        .put("id", TASK)
        .put("html_url", "https://github.com/" + slug + "/copilot/tasks/" + TASK)
        .put("state", state)
        .put("artifacts", Json.array(List.of(branch)))
        .put("sessions", Json.array(List.of(session)))
        .build();
  }

  private PlayedReply ref(String branch) {
    String commit = branches.get(branch);
    return commit == null ? missing() : PlayedReply.ok(target("refs/heads/" + branch, commit));
  }

  private static JsonObject target(String ref, String commit) {
    JsonObject object = Json.object().put("type", "commit").put("sha", commit).build();
    return Json.object().put("ref", ref).put("object", object).build();
  }

  private PlayedReply compared(String[] commits) {
    boolean built = commits.length == 2 && remote.isAncestor(commits[0], commits[1]);
    return built
        ? PlayedReply.ok(Json.object().put("merge_base_commit", named(commits[0])).build())
        : missing();
  }

  private PlayedReply object(String path) {
    int slash = path.indexOf('/');
    String id = path.substring(slash + 1);
    return switch (path.substring(0, Math.max(0, slash))) {
      case "commits" -> PlayedReply.ok(named(id).with("tree", named(remote.frozenTree(id).tree())));
      case "trees" -> PlayedReply.ok(tree(id));
      case "blobs" -> PlayedReply.ok(blob(id));
      default -> missing();
    };
  }

  /** Trees are asked for of the branch alone. */
  private JsonObject tree(String id) {
    List<JsonObject> entries =
        remote.frozenTree(String.valueOf(branches.get(BRANCH))).files().stream()
            .map(AgentTasksPlayer::entry)
            .toList();
    return named(id).with("tree", Json.array(entries)).with("truncated", Json.bool(false));
  }

  private static JsonObject entry(FrozenTree.File file) {
    return Json.object()
        .put("path", file.path())
        .put("mode", file.mode())
        .put("type", "blob")
        .put("sha", file.blob())
        .build();
  }

  private JsonObject blob(String id) {
    return named(id)
        .with("encoding", Json.text("base64"))
        .with("content", Json.text(Base64.getEncoder().encodeToString(remote.blob(id))));
  }

  private static JsonObject named(String id) {
    return Json.object().put("sha", id).build();
  }

  private static PlayedReply missing() {
    return problem(404, "Not Found");
  }

  private static PlayedReply problem(int status, String message) {
    return new PlayedReply(status, Json.object().put("message", message).build());
  }
}

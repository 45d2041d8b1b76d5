package dev.optr.ledger;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads bodies of all five types, each with exactly its members. */
final class BodyReader {
  private static final Set<String> COMMON = Set.of("height", "parents", "repo", "ts", "type", "v");
  private static final Set<String> RESULTS = Set.of("merged", "closed", "reverted");

  private BodyReader() {}

  static Body read(@Nullable Json json) throws ProfileException {
    if (!(json instanceof JsonObject body)) {
      throw new ProfileException("'body' is no object");
    }
    String type = body.text("type");
    if (type == null) {
      throw new ProfileException("'body.type' is no text");
    }
    return switch (type) {
      case "genesis" -> genesis(body);
      case "run" -> run(body);
      case "execution" -> execution(body);
      case "outcome" -> outcome(body);
      case "key" -> key(body);
      default ->
          throw new ProfileException("'body.type' is '" + type + "', which format 1 does not have");
    };
  }

  private static Body.Genesis genesis(JsonObject json) throws ProfileException {
    Members body = members(json, "root", "signers");
    Body.Common common = common(body, null);
    if (!common.parents().isEmpty()) {
      throw body.unexpected("parents", "not empty in a genesis");
    }
    Members root = Members.of("body.root", body.json("root"), Set.of("keys", "threshold"));
    List<SshPublicKey> keys = keys(root, "keys");
    List<SshPublicKey> signers = keys(body, "signers");
    int threshold = (int) root.integer("threshold", 0, keys.size());
    if (threshold == 0 && !(keys.isEmpty() && signers.isEmpty())) {
      throw root.unexpected("threshold", "0 although there are keys");
    }
    return new Body.Genesis(common, keys, threshold, signers);
  }

  private static Body.Run run(JsonObject json) throws ProfileException {
    Members body = members(json, "ledger", "decision", "inputs", "outputs", "pr", "run", "tool");
    return new Body.Run(
        linked(body),
        DecisionReader.read(body.json("decision")),
        FileListReader.read(body, "inputs"),
        FileListReader.read(body, "outputs"),
        pullRequest(body),
        workflowRun(body),
        tool(body));
  }

  private static Body.Execution execution(JsonObject json) throws ProfileException {
    Members body = members(json, "ledger", "entry", "head", "tree", "pr", "run", "tool");
    return new Body.Execution(
        linked(body),
        body.digest("entry"),
        body.gitId("head"),
        body.gitId("tree"),
        pullRequest(body),
        workflowRun(body),
        tool(body));
  }

  private static Body.Outcome outcome(JsonObject json) throws ProfileException {
    Members body = members(json, "ledger", "entry", "result", "commit", "pr", "run", "tool");
    return new Body.Outcome(
        linked(body),
        body.digest("entry"),
        body.oneOf("result", RESULTS),
        body.gitIdOrNull("commit"),
        pullRequest(body),
        workflowRun(body),
        tool(body));
  }

  private static Body.Key key(JsonObject json) throws ProfileException {
    Members body = members(json, "ledger", "add", "revoke");
    return new Body.Key(
        linked(body), keys(body, "add"), body.list("revoke", BodyReader::revocation));
  }

  private static Members members(JsonObject json, String... own) throws ProfileException {
    Set<String> names = new TreeSet<>(COMMON);
    names.addAll(List.of(own));
    return Members.of("body", json, names);
  }

  private static Body.Common linked(Members body) throws ProfileException {
    Body.Common common = common(body, body.digest("ledger"));
    if (common.parents().isEmpty()) {
      throw body.unexpected("parents", "empty");
    }
    return common;
  }

  private static Body.Common common(Members body, @Nullable String ledger) throws ProfileException {
    body.integer("v", 1, 1);
    return new Body.Common(
        body.integer("height", 0, Members.MAX_INTEGER),
        body.digests("parents"),
        repository(body),
        ledger,
        body.time("ts"));
  }

  private static RepositoryId repository(Members body) throws ProfileException {
    Members repo = Members.of("body.repo", body.json("repo"), Set.of("host", "id", "name"));
    return new RepositoryId(
        repo.text("host"), repo.integer("id", 0, Members.MAX_INTEGER), repo.text("name"));
  }

  private static @Nullable PullRequestRef pullRequest(Members body) throws ProfileException {
    if (body.isNull("pr")) {
      return null;
    }
    Members pr =
        Members.of("body.pr", body.json("pr"), Set.of("number", "base_ref", "base", "head"));
    return new PullRequestRef(
        (int) pr.integer("number", 1, Integer.MAX_VALUE),
        pr.text("base_ref"),
        pr.gitId("base"),
        pr.gitId("head"));
  }

  private static WorkflowRun workflowRun(Members body) throws ProfileException {
    Members run =
        Members.of(
            "body.run", body.json("run"), Set.of("id", "attempt", "event", "workflow", "actor"));
    return new WorkflowRun(
        run.integer("id", 1, Members.MAX_INTEGER),
        (int) run.integer("attempt", 1, Integer.MAX_VALUE),
        run.text("event"),
        run.text("workflow"),
        run.text("actor"));
  }

  private static Tool tool(Members body) throws ProfileException {
    Members tool = Members.of("body.tool", body.json("tool"), Set.of("name", "version"));
    return new Tool(tool.text("name"), tool.text("version"));
  }

  private static List<SshPublicKey> keys(Members members, String name) throws ProfileException {
    List<SshPublicKey> keys = members.list(name, BodyReader::key);
    if (keys.stream().distinct().count() < keys.size()) {
      throw members.unexpected(name, "naming one key twice");
    }
    return keys;
  }

  private static SshPublicKey key(String where, Json value) throws ProfileException {
    String line = Members.text(where, value);
    return SshPublicKey.parse(line)
        .orElseThrow(() -> new ProfileException("'" + where + "' has no sound ssh-ed25519 key"));
  }

  private static Body.Revocation revocation(String where, Json value) throws ProfileException {
    Members revocation = Members.of(where, value, Set.of("key", "after"));
    return new Body.Revocation(revocation.text("key"), revocation.digests("after"));
  }
}

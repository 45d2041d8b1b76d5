package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pull requests of the pretended GitHub. */
public final class FakePullRequests {
  private static final String LIST = "/repos/" + FakeGitHub.REPOSITORY + "/pulls";
  private static final Pattern ONE = Pattern.compile(LIST + "/(\\d+)");
  private static final Pattern BASE = Pattern.compile(".*[?&]base=([^&]+).*");

  private final Map<Long, JsonObject> byNumber = new TreeMap<>();
  private final List<Long> lastChanged = new ArrayList<>();
  private final FakeGitObjects objects;

  FakePullRequests(FakeGitObjects objects) {
    this.objects = objects;
  }

  /**
   * Opens one, by {@code ada}.
   *
   * @param repository id of the one that its branch is in; 0 where that was deleted
   */
  public synchronized void open(
      long number, String headRef, String headSha, String base, boolean draft, long repository) {
    Json from =
        repository == 0
            ? Json.NULL
            : FakeConversation.repository()
                .with("id", Json.number(repository))
                .with("full_name", Json.text(fullName(repository)));
    JsonObject head =
        Json.object().put("ref", headRef).put("sha", headSha).put("repo", from).build();
    changed(
        number,
        Json.object()
            .put("number", number)
            .put("state", "open")
            .put("draft", draft)
            .put("title", "Say more")
            .put("body", Json.NULL)
            .put("user", Json.object().put("login", "ada").put("type", "User").build())
            .put("head", head)
            .put(
                "base",
                Json.object()
                    .put("ref", base)
                    .put("sha", objects.tip("refs/heads/" + base).orElse("0".repeat(40)))
                    .put("repo", FakeConversation.repository())
                    .build())
            .put("merged", false)
            .put("merged_at", Json.NULL)
            .put("merge_commit_sha", Json.NULL)
            .put("closed_at", Json.NULL)
            .build());
  }

  private static String fullName(long repository) {
    return repository == FakeGitHub.REPOSITORY_ID ? FakeGitHub.REPOSITORY : "mallory/widgets";
  }

  /** Somebody pushed to its branch. */
  public synchronized void headIs(long number, String sha) {
    JsonObject known = known(number);
    changed(number, known.with("head", known.object("head").with("sha", Json.text(sha))));
  }

  /** Its author wrote this. */
  public synchronized void describe(
      long number, String author, String title, @Nullable String body) {
    JsonObject user = known(number).object("user").with("login", Json.text(author));
    changed(
        number,
        known(number)
            .with("user", user)
            .with("title", Json.text(title))
            .with("body", Json.text(body)));
  }

  /** It is closed: merged as a commit, or not where that is null. */
  public synchronized void close(long number, @Nullable String mergeCommit, Instant when) {
    Json time = Json.text(when.toString());
    changed(
        number,
        known(number)
            .with("state", Json.text("closed"))
            .with("closed_at", time)
            .with("merged", Json.bool(mergeCommit != null))
            .with("merged_at", mergeCommit == null ? Json.NULL : time)
            .with("merge_commit_sha", Json.text(mergeCommit)));
  }

  /** What is answered for it. */
  public synchronized String text(long number) {
    return CanonicalJson.text(known(number));
  }

  private JsonObject known(long number) {
    return Optional.ofNullable(byNumber.get(number))
        .orElseThrow(() -> new NoSuchElementException("no pull request " + number));
  }

  private void changed(long number, JsonObject pullRequest) {
    byNumber.put(number, pullRequest);
    lastChanged.remove(number);
    lastChanged.addFirst(number);
  }

  synchronized Optional<FakeReply> answer(FakeGitHub.Request request, String baseUrl) {
    String path = request.path().replaceFirst("\\?.*", "");
    Matcher one = ONE.matcher(path);
    if (!request.method().equals("GET") || !(one.matches() || path.equals(LIST))) {
      return Optional.empty();
    }
    if (one.matches()) {
      JsonObject found = byNumber.get(Long.valueOf(one.group(1)));
      return Optional.of(
          found == null ? FakeReply.error(404, "Not Found") : FakeReply.json(200, found));
    }
    return Optional.of(new FakePage(request.path(), baseUrl).of(listed(request.path())));
  }

  private List<Json> listed(String query) {
    List<Long> numbers = new ArrayList<>(byNumber.keySet());
    if (query.contains("sort=updated")) {
      numbers = new ArrayList<>(lastChanged.reversed());
    }
    // GitHub lists the newest first where nobody asks for another order.
    List<Long> ordered = query.contains("direction=asc") ? numbers : numbers.reversed();
    String state = query.contains("state=closed") ? "closed" : "open";
    Matcher base = BASE.matcher(query);
    String wanted = base.matches() ? URLDecoder.decode(base.group(1), UTF_8) : "";
    return ordered.stream()
        .map(this::known)
        .filter(found -> state.equals(found.text("state")))
        .filter(found -> wanted.isEmpty() || wanted.equals(found.object("base").text("ref")))
        .map(found -> (Json) found.without("merged"))
        .toList();
  }
}

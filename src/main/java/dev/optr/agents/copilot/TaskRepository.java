package dev.optr.agents.copilot;

import dev.optr.agents.Retries;
import java.util.HashMap;
import java.util.Map;

/** The API with one repository and one token filled in. */
final class TaskRepository {
  private final AgentTasksApi api;
  private final Map<String, Object> headers;
  private final String owner;
  private final String name;
  private final String tasks;
  private final String git;

  TaskRepository(AgentTasksApi api, Map<String, Object> headers, GitHubRepository repository) {
    this.api = api;
    this.headers = Map.copyOf(headers);
    this.owner = repository.owner();
    this.name = repository.name();
    this.tasks = "/agents/repos/" + repository + "/tasks";
    this.git = "/repos/" + repository + "/git/";
  }

  GitHubRequest start(String body) {
    return new GitHubRequest("POST " + tasks, body, () -> api.start(headers, owner, name, body));
  }

  /**
   * @param etag of the last answer; empty where there is none
   */
  GitHubRequest task(String id, String etag) {
    Map<String, Object> all = etag.isEmpty() ? headers : with("If-None-Match", etag);
    return get(tasks + "/" + id, () -> api.task(all, owner, name, id));
  }

  GitHubRequest tasks(String since) {
    return get(tasks, () -> api.tasks(headers, owner, name, since));
  }

  /** Those that wait or work. */
  GitHubRequest openTasks() {
    return get(tasks, () -> api.tasksIn(headers, owner, name, "queued,in_progress"));
  }

  GitHubRequest createRef(String body) {
    return new GitHubRequest(
        "POST " + git + "refs", body, () -> api.createRef(headers, owner, name, body));
  }

  GitHubRequest ref(String branch) {
    return get(git + "ref/heads/" + branch, () -> api.ref(headers, owner, name, branch));
  }

  GitHubRequest deleteRef(String branch) {
    return new GitHubRequest(
        "DELETE " + git + "refs/heads/" + branch,
        "",
        () -> api.deleteRef(headers, owner, name, branch));
  }

  GitHubRequest compare(String base, String head) {
    String path = "/repos/" + owner + "/" + name + "/compare/" + base + "..." + head;
    return get(path, () -> api.compare(headers, owner, name, base, head));
  }

  GitHubRequest commit(String commit) {
    return get(git + "commits/" + commit, () -> api.commit(headers, owner, name, commit));
  }

  GitHubRequest tree(String tree) {
    return get(git + "trees/" + tree, () -> api.tree(headers, owner, name, tree));
  }

  GitHubRequest blob(String blob) {
    return get(git + "blobs/" + blob, () -> api.blob(headers, owner, name, blob));
  }

  private static GitHubRequest get(String path, Retries.Call call) {
    return new GitHubRequest("GET " + path, "", call);
  }

  private Map<String, Object> with(String header, String value) {
    Map<String, Object> all = new HashMap<>(headers);
    all.put(header, value);
    return all;
  }
}

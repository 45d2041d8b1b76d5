package dev.optr.agents.copilot;

import dev.optr.agents.HttpReply;
import java.util.Map;

/** The API with one repository and one token filled in. */
final class TaskRepository {
  private final AgentTasksApi api;
  private final Map<String, Object> headers;
  private final String owner;
  private final String name;

  TaskRepository(AgentTasksApi api, Map<String, Object> headers, GitHubRepository repository) {
    this.api = api;
    this.headers = Map.copyOf(headers);
    this.owner = repository.owner();
    this.name = repository.name();
  }

  HttpReply start(String body) {
    return api.start(headers, owner, name, body);
  }

  /**
   * @param etag of the last answer; empty where there is none
   */
  HttpReply task(String id, String etag) {
    return api.task(etag.isEmpty() ? headers : with("If-None-Match", etag), owner, name, id);
  }

  HttpReply tasks(String since) {
    return api.tasks(headers, owner, name, since);
  }

  HttpReply createRef(String body) {
    return api.createRef(headers, owner, name, body);
  }

  HttpReply ref(String branch) {
    return api.ref(headers, owner, name, branch);
  }

  HttpReply deleteRef(String branch) {
    return api.deleteRef(headers, owner, name, branch);
  }

  HttpReply compare(String base, String head) {
    return api.compare(headers, owner, name, base, head);
  }

  HttpReply commit(String commit) {
    return api.commit(headers, owner, name, commit);
  }

  HttpReply tree(String tree) {
    return api.tree(headers, owner, name, tree);
  }

  HttpReply blob(String blob) {
    return api.blob(headers, owner, name, blob);
  }

  private Map<String, Object> with(String header, String value) {
    Map<String, Object> all = new java.util.HashMap<>(headers);
    all.put(header, value);
    return all;
  }
}

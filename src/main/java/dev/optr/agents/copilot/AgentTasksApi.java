package dev.optr.agents.copilot;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;

/**
 * GitHub's agent tasks and git database (docs.github.com, REST API, version 2022-11-28: "Agent
 * tasks", "References", "Commits", "Trees", "Blobs").
 */
@Headers({"Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"})
interface AgentTasksApi {
  @RequestLine("POST /agents/repos/{owner}/{repo}/tasks")
  @Headers("Content-Type: application/json")
  HttpReply start(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      String body);

  @RequestLine("GET /agents/repos/{owner}/{repo}/tasks/{task}")
  HttpReply task(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("task") String task);

  @RequestLine(
      "GET /agents/repos/{owner}/{repo}/tasks"
          + "?sort=created_at&direction=desc&per_page=30&since={since}")
  HttpReply tasks(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("since") String since);

  /**
   * @param states with commas between them
   */
  @RequestLine(
      "GET /agents/repos/{owner}/{repo}/tasks"
          + "?sort=created_at&direction=desc&per_page=100&state={states}")
  HttpReply tasksIn(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("states") String states);

  @RequestLine("POST /repos/{owner}/{repo}/git/refs")
  @Headers("Content-Type: application/json")
  HttpReply createRef(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      String body);

  @RequestLine("GET /repos/{owner}/{repo}/git/ref/heads/{branch}")
  HttpReply ref(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("branch") String branch);

  @RequestLine("DELETE /repos/{owner}/{repo}/git/refs/heads/{branch}")
  HttpReply deleteRef(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("branch") String branch);

  @RequestLine("GET /repos/{owner}/{repo}/compare/{base}...{head}?per_page=1")
  HttpReply compare(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("base") String base,
      @Param("head") String head);

  @RequestLine("GET /repos/{owner}/{repo}/git/commits/{commit}")
  HttpReply commit(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("commit") String commit);

  @RequestLine("GET /repos/{owner}/{repo}/git/trees/{tree}?recursive=1")
  HttpReply tree(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("tree") String tree);

  @RequestLine("GET /repos/{owner}/{repo}/git/blobs/{blob}")
  HttpReply blob(
      @HeaderMap Map<String, Object> headers,
      @Param("owner") String owner,
      @Param("repo") String repo,
      @Param("blob") String blob);
}

package dev.optr.datalake;

/**
 * Where the documents of one workflow lie, from the repository's root, with slashes.
 *
 * @param directory {@code datalake/workflows/{workflow}}; empty for a directory of its own
 */
public record DataLakePaths(String directory) {
  public static final String GIT_ATTRIBUTES = "datalake/.gitattributes";

  /** Outside of a pull request. */
  public static DataLakePaths of(String workflow) {
    return new DataLakePaths("datalake/workflows/" + workflow);
  }

  /** In a directory that is about this workflow alone; paths are from there. */
  public static DataLakePaths here() {
    return new DataLakePaths("");
  }

  /** In a pull request, so that two open ones never write the same path. */
  public static DataLakePaths ofPullRequest(String workflow, long number) {
    return of(workflow + "-pr-" + number);
  }

  /** Name of the run's own directory. */
  public String name() {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  /** The workflow file that was used, byte for byte. */
  public String workflowFile() {
    return at("workflow-optr.yaml");
  }

  public String intent() {
    return at("intent.json");
  }

  public String history() {
    return at("history.json");
  }

  public String agentOutput(String agent) {
    return at("agent-outputs/" + agent + ".json");
  }

  public String transcript(String agent) {
    return at("agent-outputs/" + agent + ".transcript.jsonl");
  }

  public String selection() {
    return at("optr-selection.json");
  }

  /** The decision as an in-toto attestation, where the workflow file asks for one. */
  public String attestation() {
    return at("decision.intoto.json");
  }

  public String executionComplete() {
    return at("execution-complete.json");
  }

  private String at(String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}

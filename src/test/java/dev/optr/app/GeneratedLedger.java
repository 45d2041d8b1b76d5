package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.ledger.Container;
import dev.optr.ledger.MerkleTree;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A repository with an unsigned ledger of many runs, as teams make it: with layout per-pr, groups
 * of pull requests that begin at one commit, each with its anchor and two documents, are merged and
 * folded; with layout single every run adds its line to the main file.
 */
final class GeneratedLedger implements AutoCloseable {
  private static final int GROUP = 10;
  private static final String PERSON = "Bench <bench@example.org> 1767225600 +0000\n";

  private final Process process;
  private final OutputStream out;
  private final BufferedReader answers;
  private final ByteArrayOutputStream main = new ByteArrayOutputStream();
  private final List<Integer> shards = new ArrayList<>(List.of(0));
  private String genesis = "";
  private List<String> heads;
  private long height;
  private int mark;
  private int tip;
  private int touching = 1;
  private int runs;

  private record Run(int number, String id, Bytes line, int intent, int selection, int anchor) {}

  GeneratedLedger(Path bare) throws IOException {
    this.process =
        new ProcessBuilder("git", "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet")
            .directory(bare.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.out = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    this.answers = process.inputReader(UTF_8);
    JsonObject root = Json.object().put("keys", Json.array(List.of())).put("threshold", 0).build();
    JsonObject first =
        common("genesis", List.of()).with("root", root).with("signers", Json.array(List.of()));
    this.genesis = id(first);
    this.heads = List.of(genesis);
    main.writeBytes(line(first));
    int ledger = blob(main.toByteArray());
    commit("main", "Start the ledger\n", 0, 0);
    modify(Container.MAIN, ledger);
    tip = mark;
  }

  /** Goes on until at least as many commits touch the datalake, and says how many. */
  int perPullRequest(int commits) throws IOException {
    while (touching < commits) {
      List<Run> group = new ArrayList<>();
      String frozen = idOf(tip);
      int base = tip;
      height++;
      for (int i = 0; i < GROUP; i++) {
        group.add(anchored(frozen, base));
      }
      for (Run run : group) {
        commit("main", "Merge pull request " + run.number() + "\n", tip, run.anchor());
        files(run);
        tip = mark;
        main.writeBytes(run.line().toArray());
      }
      fold(group);
      heads = group.stream().map(Run::id).sorted().toList();
      touching += 2 * GROUP + 1;
    }
    return touching;
  }

  /** Goes on until as many commits touch the datalake, and says how many. */
  int single(int commits) throws IOException {
    for (; touching < commits; touching++) {
      height++;
      JsonObject body = body(++runs, "a".repeat(40), List.of());
      heads = List.of(id(body));
      main.writeBytes(line(body));
      int ledger = blob(main.toByteArray());
      commit("main", "Run " + runs + "\n", tip, 0);
      modify(Container.MAIN, ledger);
      tip = mark;
    }
    return touching;
  }

  private void fold(List<Run> group) throws IOException {
    int ledger = blob(main.toByteArray());
    commit("main", "Fold " + group.size() + " pull requests\n", tip, 0);
    modify(Container.MAIN, ledger);
    for (Run run : group) {
      write("D " + Container.shard(run.number()) + "\n");
    }
    tip = mark;
  }

  private Run anchored(String frozen, int base) throws IOException {
    int number = ++runs;
    Bytes intent = Bytes.utf8("{\n  \"number\": %d\n}\n".formatted(number));
    Bytes selection =
        Bytes.utf8("{\n  \"selected\": \"claude\", \"run\": %d\n}\n".formatted(number));
    JsonObject body =
        body(
            number,
            frozen,
            List.of(
                output(directory(number) + "intent.json", intent),
                output(directory(number) + "optr-selection.json", selection)));
    byte[] line = line(body);
    int shard = blob(line);
    int intentBlob = blob(intent.toArray());
    int selectionBlob = blob(selection.toArray());
    commit("anchors", "optr: decide\n\n" + trailers(body, line, number), base, 0);
    Run run = new Run(number, id(body), Bytes.of(line), intentBlob, selectionBlob, mark);
    modify(Container.shard(number), shard);
    modify(directory(number) + "intent.json", intentBlob);
    modify(directory(number) + "optr-selection.json", selectionBlob);
    shards.add(shard);
    return run;
  }

  private void files(Run run) throws IOException {
    modify(Container.shard(run.number()), shards.get(run.number()));
    modify(directory(run.number()) + "intent.json", run.intent());
    modify(directory(run.number()) + "optr-selection.json", run.selection());
  }

  /** A group's anchors each see the main file and their own line. */
  private String trailers(JsonObject body, byte[] line, int number) {
    int folded = (number - 1) / GROUP * GROUP;
    Bytes leaf = Bytes.of(Arrays.copyOf(line, line.length - 1));
    return """
    Optr-Ledger-Entry: %1$s
    Optr-Ledger-Heads: %1$s
    Optr-Ledger-Size: %2$d
    Optr-Ledger-Root: %3$s
    Optr-Ledger-Container: %4$s
    """
        .formatted(id(body), folded + 2, MerkleTree.root(List.of(leaf)), Container.shard(number));
  }

  private static String directory(int number) {
    return "datalake/workflows/wish-pr-" + number + "/";
  }

  private static JsonObject output(String path, Bytes content) {
    return Json.object()
        .put("mode", "100644")
        .put("path", path)
        .put("sha256", content.sha256())
        .put("size", content.size())
        .build();
  }

  private JsonObject common(String type, List<String> parents) {
    JsonObject repo =
        Json.object().put("host", "github.com").put("id", 42).put("name", "a/b").build();
    return Json.object()
        .put("height", height)
        .put("parents", Json.texts(parents))
        .put("repo", repo)
        .put("ts", "2026-01-01T00:00:00Z")
        .put("type", type)
        .put("v", 1)
        .build();
  }

  private JsonObject body(int number, String frozen, List<JsonObject> outputs) {
    String digest = Digest.sha256(("run " + number).getBytes(UTF_8));
    JsonObject lane =
        Json.object()
            .put("agent", "claude")
            .put("outcome", "proposed")
            .put("tree", "1".repeat(40))
            .build();
    JsonObject decision =
        Json.object()
            .put("input", digest)
            .put("lanes", Json.array(List.of(lane)))
            .put("outcome", "selected")
            .put("policy", digest)
            .put("selected", "claude")
            .put("selector", "select_optr")
            .put("tree", "1".repeat(40))
            .build();
    JsonObject pr =
        Json.object()
            .put("base", frozen)
            .put("base_ref", "main")
            .put("head", frozen)
            .put("number", number)
            .build();
    JsonObject run =
        Json.object()
            .put("actor", "octo")
            .put("attempt", 1)
            .put("event", "pull_request")
            .put("id", 1000 + number)
            .put("workflow", ".github/workflows/optr.yml")
            .build();
    return common("run", heads)
        .with("ledger", Json.text(genesis))
        .with("decision", decision)
        .with("inputs", Json.array(List.of()))
        .with("outputs", Json.array(outputs))
        .with("pr", pr)
        .with("run", run)
        .with("tool", Json.object().put("name", "optr").put("version", "1").build());
  }

  private static String id(JsonObject body) {
    return Digest.tagged("optr-ledger-entry@v1", CanonicalJson.bytes(body));
  }

  private static byte[] line(JsonObject body) {
    JsonObject line =
        Json.object()
            .put("body", body)
            .put("id", id(body))
            .put("sigs", Json.array(List.of()))
            .build();
    return (CanonicalJson.text(line) + "\n").getBytes(UTF_8);
  }

  private int blob(byte[] content) throws IOException {
    write("blob\nmark :%d\ndata %d\n".formatted(++mark, content.length));
    out.write(content);
    write("\n");
    return mark;
  }

  private void commit(String branch, String message, int parent, int merged) throws IOException {
    write(
        "commit refs/heads/%s\nmark :%d\nauthor %scommitter %s"
            .formatted(branch, ++mark, PERSON, PERSON));
    write("data %d\n%s\n".formatted(message.getBytes(UTF_8).length, message));
    write(
        (parent == 0 ? "" : "from :" + parent + "\n")
            + (merged == 0 ? "" : "merge :" + merged + "\n"));
  }

  private void modify(String path, int blob) throws IOException {
    write("M 100644 :%d %s\n".formatted(blob, path));
  }

  private String idOf(int commit) throws IOException {
    write("get-mark :" + commit + "\n");
    out.flush();
    return String.valueOf(answers.readLine());
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  /** Ends the import. */
  @Override
  public void close() throws IOException {
    out.close();
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("git fast-import ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

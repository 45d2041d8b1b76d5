package dev.optr.testing;

import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Optional;

/** One vendor's API from the vendor's side, as strict as the vendor is about what it is sent. */
public interface VendorWire {
  /** Of the one URL that is asked, behind the base URL. */
  String path();

  /** Of requests, one of {@link VendorSchemas}. */
  String schema();

  /**
   * What is wrong with a request; empty where it is right.
   *
   * @param answers all that were given in this conversation, in order
   */
  Optional<String> complaint(JsonObject request, List<JsonObject> answers);

  /**
   * A turn of the model; each takes 1000 tokens of input, of which 400 were read from and 100
   * written to the cache, and 200 of output, of which 50 were reasoning.
   *
   * @param number of the turn in its conversation, from 1
   */
  JsonObject answer(int number, Said said);

  /** Tokens of each turn's input that were written to the cache; 0 where there is no such count. */
  default long written() {
    return 100;
  }

  /** What a request says in the vendor's place for instructions. */
  String instructions(JsonObject request);

  /** The body of status 400. */
  JsonObject refusal(String complaint);

  /** What a model says in one turn. */
  sealed interface Said {}

  /** Calls, all in one turn. */
  record Calls(List<Call> calls) implements Said {
    public Calls {
      calls = List.copyOf(calls);
    }
  }

  record Words(String text) implements Said {}

  /**
   * @param arguments JSON as the model wrote it, possibly none
   */
  record Call(String tool, String arguments) {}
}

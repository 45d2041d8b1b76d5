package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a vendor's API.
 *
 * @param template of its path, behind the base URL
 * @param query a JSON Schema of the query as an object of texts, as JSON
 * @param request name of its body's schema, null where it takes none
 * @param optional whether the body may be left out
 * @param form whether the body is a form, whose schema is that of an object of texts
 * @param answers name of the schema by status; of each other failure under 'error'
 */
record VendorOperation(
    String method,
    String template,
    String query,
    @Nullable String request,
    boolean optional,
    boolean form,
    Map<String, String> answers) {
  // Of GitHub's, these hold slashes as they are.
  private static final Pattern LONG_VARIABLE = Pattern.compile("\\{(ref|basehead)}");
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z_]+}");

  static VendorOperation of(JsonObject described) {
    Map<String, String> answers = new LinkedHashMap<>();
    described
        .object("responses")
        .members()
        .forEach((status, schema) -> answers.put(status, ((Json.Text) schema).value()));
    return new VendorOperation(
        String.valueOf(described.text("method")),
        String.valueOf(described.text("path")),
        CanonicalJson.text(described.object("query")),
        described.text("request"),
        described.isTrue("optional"),
        described.isTrue("form"),
        answers);
  }

  String name() {
    return method + " " + template;
  }

  int variables() {
    return (int) VARIABLE.matcher(template).results().count();
  }

  boolean takes(String requestMethod, String path) {
    String pattern = LONG_VARIABLE.matcher("\\Q" + template + "\\E").replaceAll("\\\\E.+\\\\Q");
    pattern = VARIABLE.matcher(pattern).replaceAll("\\\\E[^/]+\\\\Q");
    return method.equals(requestMethod) && Pattern.matches(pattern, path);
  }

  List<String> check(LoggedRequest sent) {
    List<String> errors = new ArrayList<>(checkQuery(sent.getUrl()));
    byte[] body = sent.getBody();
    if (request == null) {
      if (body.length > 0) {
        errors.add("takes no body");
      }
    } else if (body.length > 0) {
      String type = form ? "application/x-www-form-urlencoded" : "application/json";
      if (!String.valueOf(sent.getHeader("Content-Type")).startsWith(type)) {
        errors.add("the body's type is not " + type);
      }
      String text = new String(body, UTF_8);
      errors.addAll(VendorSchemas.check(request, form ? pairs(text, errors) : text));
    } else if (!optional) {
      errors.add("needs a body");
    }
    return errors.stream().map(error -> name() + ": " + error).toList();
  }

  private List<String> checkQuery(String url) {
    List<String> errors = new ArrayList<>();
    String sent = url.contains("?") ? url.substring(url.indexOf('?') + 1) : "";
    String pairs = pairs(sent, errors);
    VendorSchemas.checkInline(query, pairs).forEach(error -> errors.add("query " + error));
    return errors;
  }

  private static String pairs(String encoded, List<String> errors) {
    Map<String, Json> pairs = new LinkedHashMap<>();
    for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      // A list's name carries brackets in a query.
      String name = URLDecoder.decode(parts[0], UTF_8).replaceFirst("\\[]$", "");
      String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8);
      if (pairs.put(name, Json.text(value)) != null) {
        errors.add("'" + name + "' comes twice");
      }
    }
    return CanonicalJson.text(new JsonObject(pairs));
  }
}

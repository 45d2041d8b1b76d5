package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports itself as skipped where {@code test-fixtures/schemas/generate} has not run. */
final class VendorSchemasTest {
  @BeforeEach
  void schemasAreThere() {
    VendorSchemas.assumePresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          openai-responses-request | {"model":"m","input":"x","max_output_tokens":9}
          openai-responses-request | {"input":[{"role":"user","content":[{"type":"input_text","text":"x"}]}]}
          openai-responses-request | {"tools":[{"type":"function","name":"f","strict":true,"parameters":{"type":"object"}}]}
          openai-responses-request | {"input":[{"type":"function_call_output","call_id":"c","output":"x"}],"previous_response_id":"r"}
          openai-token-request | {"grant_type":"urn:ietf:params:oauth:grant-type:token-exchange","subject_token":"s","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","identity_provider_id":"i","service_account_id":"a"}
          anthropic-messages-request | {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}]}
          anthropic-messages-request | {"model":"m","max_tokens":9,"messages":[],"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}
          anthropic-token-request | {"grant_type":"urn:ietf:params:oauth:grant-type:jwt-bearer","assertion":"a","federation_rule_id":"f","organization_id":"o"}
          github-agent-tasks-create-task-in-repo-request | {"prompt":"x","base_ref":"main","create_pull_request":false}
          foundry-responses-request | {"agent_reference":{"type":"agent_reference","name":"a"},"input":"x"}
          direct-line-activity-request | {"type":"message","from":{"id":"dl_u"},"text":"x","locale":"en-US"}
          direct-line-activity-request | {"type":"endOfConversation","from":{"id":"dl_u"}}
          m365-chat-request | {"message":{"text":"x"},"locationHint":{"timeZone":"Etc/UTC"},"contextualResources":{"webContext":{"isWebEnabled":false}}}
          entra-token-request | {"grant_type":"client_credentials","client_id":"c","client_secret":"s","scope":"x/.default"}
          """)
  void takesWhatTheVendorTakes(String schema, String body) {
    assertThat(VendorSchemas.check(schema, body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          openai-responses-request | {"input":"x","max_tokens":9} | : unknown member 'max_tokens'
          openai-responses-request | {"input":[{"role":"user","content":[{"type":"input_text","text":"x","extra":1}]}]} | /input/0/content/0: unknown member 'extra'
          openai-responses-request | {"tools":[{"type":"function","name":"f","parameters":{}}]} | /tools/0: member 'strict' is missing
          openai-responses-request | {"input":[{"type":"function_call_output","call_id":"c"}]} | /input/0: member 'output' is missing
          openai-responses-request | {"reasoning":{"effort":"huge"}} | /reasoning/effort
          openai-token-request | {"grant_type":"client_credentials"} | : member 'subject_token' is missing
          anthropic-messages-request | {"model":"m","max_tokens":9,"messages":[],"temperature":0} | : unknown member 'temperature'
          anthropic-messages-request | {"model":"m","messages":[]} | : member 'max_tokens' is missing
          anthropic-messages-request | {"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","text":"x"}]}]} | /messages/0/content/0: unknown member 'text'
          anthropic-token-request | {"grant_type":"refresh_token","assertion":"a","federation_rule_id":"f","organization_id":"o"} | /grant_type
          github-agent-tasks-create-task-in-repo-request | {"prompt":"x","branch":"main"} | : unknown member 'branch'
          foundry-responses-request | {"agent":{"type":"agent_reference","name":"a"}} | : unknown member 'agent'
          foundry-responses-request | {"agent_reference":{"type":"agent_reference","id":"a"}} | /agent_reference: unknown member 'id'
          direct-line-activity-request | {"type":"message","text":"x"} | : member 'from' is missing
          m365-chat-request | {"message":{"text":"x"}} | : member 'locationHint' is missing
          entra-token-request | {"grant_type":"client_credentials","client_id":"c","scope":"x/.default"} | : member 'client_secret' is missing
          """)
  void namesWhatTheVendorDoesNotTake(String schema, String body, String error) {
    assertThat(VendorSchemas.check(schema, body))
        .anySatisfy(found -> assertThat(found).startsWith(error));
  }

  @Test
  void saysWhatIsNoJson() {
    assertThat(VendorSchemas.check(VendorSchemas.OPENAI_RESPONSES, "{\"a\":1,\"a\":2}"))
        .singleElement()
        .asString()
        .startsWith("not JSON");
  }
}

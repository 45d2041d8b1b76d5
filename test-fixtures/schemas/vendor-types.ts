/*
 * One JSON Schema is generated from each type that is exported here; its name in kebab-case is the schema's name.
 * `@from` says where the type comes from. `@sent` names the vendor's file that sends or reads exactly these members where
 * the package has no type for them: the generator fails where that file no longer mentions one of them.
 */
import type {
  ErrorDetails,
  ErrorType,
} from '@anthropic-ai/sdk/resources/shared.js';
import type {
  Message,
  MessageCreateParams,
} from '@anthropic-ai/sdk/resources/messages/messages.js';
import type { AgentReference } from './node_modules/@azure/ai-projects/dist/esm/models/models.js';
import type {
  ActivityGroup,
  Conversation,
  IActivity,
  Message as DirectLineMessage,
  Typing,
} from 'botframework-directlinejs';
import type { TokenExchangeResponse } from 'openai/auth/types.js';
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
} from 'openai/resources/chat/completions/completions.js';
import type { Response, ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses.js';
import type { ErrorObject } from 'openai/resources/shared.js';

/** @from openai resources/responses/responses.d.ts ResponseCreateParamsNonStreaming */
export type OpenaiResponsesRequest = ResponseCreateParamsNonStreaming;

/**
 * `output_text` is added by the client (responses.js, addOutputText) and is not on the wire.
 *
 * @from openai resources/responses/responses.d.ts Response
 */
export type OpenaiResponsesResponse = Omit<Response, 'output_text'>;

/** @from openai resources/chat/completions/completions.d.ts ChatCompletionCreateParamsNonStreaming */
export type OpenaiChatRequest = ChatCompletionCreateParamsNonStreaming;

/** @from openai resources/chat/completions/completions.d.ts ChatCompletion */
export type OpenaiChatResponse = ChatCompletion;

/**
 * The envelope is what core/error.js unwraps.
 *
 * @from openai resources/shared.d.ts ErrorObject
 */
export type OpenaiError = { error: ErrorObject };

/**
 * @from openai auth/workload-identity-auth.js, WorkloadIdentityAuth.refreshToken (code, no type)
 * @sent openai/auth/workload-identity-auth.js
 */
export type OpenaiTokenRequest = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange';
  subject_token: string;
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' | 'urn:ietf:params:oauth:token-type:id_token';
  identity_provider_id: string;
  service_account_id: string;
  client_id?: string;
};

/** @from openai auth/types.d.ts TokenExchangeResponse */
export type OpenaiTokenResponse = TokenExchangeResponse;

/** @from @anthropic-ai/sdk resources/messages/messages.d.ts MessageCreateParams */
export type AnthropicMessagesRequest = MessageCreateParams;

/** @from @anthropic-ai/sdk resources/messages/messages.d.ts Message */
export type AnthropicMessagesResponse = Message;

/**
 * ErrorResponse does not know the newer error types and `details`, which core/error.d.ts reads: both are taken in here.
 *
 * @from @anthropic-ai/sdk resources/shared.d.ts ErrorResponse, ErrorType, ErrorDetails
 */
export type AnthropicError = {
  type: 'error';
  error: {
    type: ErrorType | 'request_too_large';
    message: string;
    details?: ErrorDetails | null;
  };
  request_id: string | null;
};

/**
 * @from @anthropic-ai/sdk lib/credentials/oidc-federation.js, oidcFederationProvider (code, no type)
 * @sent @anthropic-ai/sdk/lib/credentials/oidc-federation.js
 */
export type AnthropicTokenRequest = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  assertion: string;
  federation_rule_id: string;
  organization_id: string;
  service_account_id?: string;
  workspace_id?: string;
};

/**
 * Only what the client reads; `expires_in` may be a number in a text there, which nobody documents.
 *
 * @from @anthropic-ai/sdk lib/credentials/types.js parseTokenResponse and oidc-federation.js (code, no type)
 */
export type AnthropicTokenResponse = {
  access_token: string;
  expires_in: number;
  token_type?: string;
};

/**
 * Foundry takes requests of the Responses API, also such that name an agent instead of a model. The package's README calls the member
 * `agent`, which the service has refused since 2026 ("The 'agent' property is deprecated. Use 'agent_reference' instead.").
 *
 * @from @azure/ai-projects dist/esm/models/models.d.ts AgentReference, with openai's ResponseCreateParamsNonStreaming
 */
export type FoundryResponsesRequest = ResponseCreateParamsNonStreaming & { agent_reference?: AgentReference };

/**
 * The end of a conversation has no type of its own: it is documented with Direct Line 3.0 ("End a conversation").
 *
 * @from botframework-directlinejs lib/directLine.d.ts Message, Typing, IActivity
 */
export type DirectLineActivityRequest =
  | DirectLineMessage
  | Typing
  | (Omit<IActivity, 'type'> & { type: 'endOfConversation' });

/**
 * @from botframework-directlinejs lib/directLine.js, startConversation (code, no type)
 * @sent botframework-directlinejs/lib/directLine.js
 */
export type DirectLineConversationRequest = {
  user?: { id: string };
  locale?: string;
};

/**
 * `expires_in` is documented with Direct Line 3.0 ("Start a conversation").
 *
 * @from botframework-directlinejs lib/directLine.d.ts Conversation
 */
export type DirectLineConversationResponse = Conversation & { expires_in?: number };

/**
 * `replyToId` and `recipient` of an answer are documented with Direct Line 3.0 ("Receive activities").
 *
 * @from botframework-directlinejs lib/directLine.d.ts ActivityGroup, Message, Typing, IActivity
 */
export type DirectLineActivitiesResponse = Omit<ActivityGroup, 'activities' | 'watermark'> & {
  activities: (
    | (DirectLineMessage & { replyToId?: string })
    | (Typing & { replyToId?: string })
    | (Omit<IActivity, 'type'> & { type: 'event'; name: string; value?: unknown; replyToId?: string })
    | (Omit<IActivity, 'type'> & { type: 'endOfConversation'; replyToId?: string })
  )[];
  watermark?: string;
};

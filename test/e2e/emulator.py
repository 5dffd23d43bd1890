"""Starts MiniStack, mended where version 1.5.33 falls behind AWS (docs/emulators.md)."""

import contextvars
import copy
import json
import sys

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import apigateway, stepfunctions
from ministack.services.cloudformation import provisioners

run_by_paths = stepfunctions._run_distributed_map


def run_distributed_map(state_def, raw_input, effective, iterator, execution, ctx):
    """It reads JSONata in inline maps only; here the distributed ones get their items and their output by it."""
    if stepfunctions._state_query_language(state_def, ctx) != "JSONata":
        return run_by_paths(state_def, raw_input, effective, iterator, execution, ctx)
    items = stepfunctions._jsonata_state_field(state_def, "Items", "array", raw_input, ctx)
    inputs = [input_of(state_def, raw_input, ctx, index, item) for index, item in enumerate(items)]
    by_paths = {name: value for name, value in state_def.items() if name not in ("Items", "ItemSelector", "Output")}
    results, following = run_by_paths(by_paths, inputs, inputs, iterator, execution, ctx)
    output = stepfunctions._apply_jsonata_output(state_def, raw_input, ctx, result=results, default=results)
    return output, following


def input_of(state_def, raw_input, ctx, index, item):
    if "ItemSelector" not in state_def:
        return item
    item_ctx = {**copy.deepcopy(ctx), "Map": {"Item": {"Index": index, "Value": item}}}
    return stepfunctions._apply_jsonata_template(state_def["ItemSelector"], raw_input, item_ctx)


def take(identifier, *_):
    """What it cannot make and nobody waits for is taken, and left at that."""
    return identifier, {}


def except_metric_math(work):
    return lambda *about: (take if any("Metrics" in one for one in about if isinstance(one, dict)) else work)(*about)


def known_by_arn(create):
    """Elsewhere, a reference to a secret is its ARN, which is what policies name."""

    def create_secret(*about):
        _name, attributes = create(*about)
        return attributes["Arn"], attributes

    return create_secret


def as_if_encrypted(pin):
    """It speaks plain HTTP, and policies refuse that; whoever calls it is taken to have used TLS."""
    return lambda address, _encrypted: pin(address, True)


def with_sender(resource_arn):
    """A mail concerns the identity that it is from."""

    def arn(method, path, body, region, account_id):
        if path.rstrip("/") != "/v2/email/outbound-emails":
            return resource_arn(method, path, body, region, account_id)
        return f"arn:aws:ses:{region}:{account_id}:identity/{json.loads(body)['FromEmailAddress']}"

    return arn


def with_address(resolve):
    """A policy may ask from which address a mail is."""
    return lambda key, about: (
        about.resource_arn.rpartition("/")[2] if key.lower() == "ses:fromaddress" else resolve(key, about)
    )


def with_small_letters(work):
    """Templates begin the words of a CORS configuration with capitals, its own API does not."""

    def apply(*about):
        return work(*({**one, "CorsConfiguration": small(one["CorsConfiguration"])} if has_cors(one) else one for one in about))

    return apply


def has_cors(props):
    return isinstance(props, dict) and "CorsConfiguration" in props


def small(configuration):
    return {name[0].lower() + name[1:]: value for name, value in configuration.items()}


is_packed = contextvars.ContextVar("is_packed", default=False)


def as_bytes_when_packed(invoke):
    """A body with a Content-Encoding is no text, whatever its type says."""

    async def proxy(integration, api_id, stage, path, method, headers, *rest, **named):
        is_packed.set("content-encoding" in headers)
        return await invoke(integration, api_id, stage, path, method, headers, *rest, **named)

    return proxy


def unless_packed(is_text):
    return lambda content_type: not is_packed.get() and is_text(content_type)


stepfunctions._run_distributed_map = run_distributed_map
resources = provisioners._RESOURCE_HANDLERS
resources["AWS::Budgets::Budget"] = {"create": take, "delete": lambda *_: None}
alarm = resources["AWS::CloudWatch::Alarm"]
alarm.update(create=except_metric_math(alarm["create"]), update=except_metric_math(alarm["update"]))
secret = resources["AWS::SecretsManager::Secret"]
secret["create"] = known_by_arn(secret["create"])
http_api = resources["AWS::ApiGatewayV2::Api"]
http_api.update(create=with_small_letters(http_api["create"]), update=with_small_letters(http_api["update"]))
apigateway._invoke_lambda_proxy = as_bytes_when_packed(apigateway._invoke_lambda_proxy)
apigateway._v2_request_body_is_text = unless_packed(apigateway._v2_request_body_is_text)
app.pin_request_origin = as_if_encrypted(app.pin_request_origin)
iam_actions._ses_v2_resource_arn = with_sender(iam_actions._ses_v2_resource_arn)
iam_evaluator._resolve_condition_key = with_address(iam_evaluator._resolve_condition_key)
sys.exit(app.main())

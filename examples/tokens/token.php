<?php
// What a back end in PHP does for somebody who is signed in to it: a token for the chat (JWT, HS256).
// Usage: CHAT_SECRET=... php token.php mira "Mira Kim"

function encode(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/**
 * @param string $secret one of the server's setting auth.token.secrets
 * @param array<string, mixed> $claims what the chat is to know of the user
 */
function chat_token(string $secret, array $claims): string
{
    $head = encode(json_encode(['alg' => 'HS256', 'typ' => 'JWT']));
    $body = encode(json_encode($claims + ['exp' => time() + 3600]));
    return "$head.$body." . encode(hash_hmac('sha256', "$head.$body", $secret, true));
}

if (isset($argv[1])) {
    $claims = ['sub' => $argv[1], 'name' => $argv[2] ?? $argv[1], 'rooms' => ['*' => 'write']];
    echo chat_token(getenv('CHAT_SECRET'), $claims), "\n";
}

<?php
/**
 * What the routes for the chat server have in common.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Answers to the chat server, which are JSON, kept by nobody, and refusals as `{"error": "..."}`. */
final class ServerRoutes {

	/**
	 * An answer.
	 *
	 * @param array<string, mixed> $body   what it says.
	 * @param int                  $status of HTTP.
	 */
	public static function answer( array $body, int $status = 200 ): \WP_REST_Response {
		$response = new \WP_REST_Response( $body, $status );
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * A refusal. `not-authorized` says nothing more, whatever the reason.
	 *
	 * @param string $error  which.
	 * @param int    $status of HTTP.
	 */
	public static function refuse( string $error = 'not-authorized', int $status = 401 ): \WP_REST_Response {
		return self::answer( array( 'error' => $error ), $status );
	}

	/** Whoever asks does not know the secret. That is no word about the person, as 401 and 403 are, but a fault to mend. */
	public static function wrong_secret(): \WP_REST_Response {
		return self::refuse( 'wrong-secret', 400 );
	}
}

<?php
/**
 * What the routes for the chat server have in common.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * Routes for the chat server alone, which shows the shared secret. Answers are JSON, kept by nobody, and refusals
 * `{"error": "..."}`.
 */
final class ServerRoutes {

	/**
	 * Adds one.
	 *
	 * @param string   $path    its name below TokenRoute::SPACE.
	 * @param string   $methods of HTTP, divided by commas.
	 * @param callable $answer  gets the request of who knows the secret.
	 */
	public static function add( string $path, string $methods, callable $answer ): void {
		add_action(
			'rest_api_init',
			static function () use ( $path, $methods, $answer ) {
				register_rest_route(
					TokenRoute::SPACE,
					$path,
					array(
						'methods'             => $methods,
						'callback'            => $answer,
						'permission_callback' => array( self::class, 'permit' ),
					)
				);
			}
		);
	}

	/**
	 * The address of one.
	 *
	 * @param string $path its name below TokenRoute::SPACE.
	 */
	public static function url( string $path ): string {
		return rest_url( TokenRoute::SPACE . $path );
	}

	/**
	 * Lets in who knows the secret. Who does not is told so by 400: that is no word about a person, as 401 and 403 are,
	 * but a fault to mend.
	 *
	 * @param \WP_REST_Request $request the request.
	 * @return true|\WP_Error
	 */
	public static function permit( \WP_REST_Request $request ) {
		nocache_headers();
		return Secret::is_sent_by( $request )
			? true
			: new \WP_Error( 'meerkat_wrong_secret', __( 'This is for the chat server, which knows the secret.', 'meerkat-chat' ), array( 'status' => 400 ) );
	}

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
}

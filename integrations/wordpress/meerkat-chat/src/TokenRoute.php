<?php
/**
 * Where a page gets a token for whoever is signed in.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * `POST meerkat/v1/token`, from the pages of the site: the login cookie, and the nonce `wp_rest` as `X-WP-Nonce`. A
 * nonce that is none any more, such as one of a cached page, is refused by WordPress itself (`rest_cookie_invalid_nonce`,
 * 403); `admin-ajax.php?action=rest-nonce` has another one for whoever is signed in.
 */
final class TokenRoute {

	/** Its name, and the space of names that all routes are in. */
	const SPACE = 'meerkat/v1';
	const PATH  = '/token';

	/** Hooks it in. */
	public static function hook(): void {
		add_action(
			'rest_api_init',
			static function () {
				register_rest_route(
					self::SPACE,
					self::PATH,
					array(
						'methods'             => 'POST',
						'callback'            => array( self::class, 'answer' ),
						'permission_callback' => array( self::class, 'permit' ),
					)
				);
			}
		);
	}

	/** Its address. */
	public static function url(): string {
		return rest_url( self::SPACE . self::PATH );
	}

	/**
	 * Who may have a token.
	 *
	 * @return true|\WP_Error
	 */
	public static function permit() {
		nocache_headers();
		if ( ! is_user_logged_in() ) {
			return new \WP_Error( 'meerkat_signed_out', __( 'Nobody is signed in.', 'meerkat-chat' ), array( 'status' => 401 ) );
		}
		if ( ! Person::may_chat( wp_get_current_user() ) ) {
			return new \WP_Error( 'meerkat_no_chat', __( 'This account may not chat.', 'meerkat-chat' ), array( 'status' => 403 ) );
		}
		if ( '' === Secret::get() ) {
			return new \WP_Error( 'meerkat_no_secret', __( 'The chat is not set up: there is no shared secret.', 'meerkat-chat' ), array( 'status' => 503 ) );
		}
		return true;
	}

	/** Answers with `token`, and `expiresIn` in seconds. */
	public static function answer(): \WP_REST_Response {
		$life     = self::life();
		$response = new \WP_REST_Response(
			array(
				'token'     => Token::sign( self::claims( wp_get_current_user(), time(), $life ), Secret::get() ),
				'expiresIn' => $life,
			)
		);
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * What a token says.
	 *
	 * @param \WP_User $user whom it is for.
	 * @param int      $now  seconds.
	 * @param int      $life how long it is good, in seconds.
	 * @return array<string, mixed>
	 */
	public static function claims( \WP_User $user, int $now, int $life ): array {
		$domain  = (string) Options::get( 'domain' );
		$session = wp_get_session_token();
		$claims  = array(
			'iss'    => untrailingslashit( home_url() ),
			'iat'    => $now,
			'exp'    => $now + $life,
			'jti'    => wp_generate_uuid4(),
			'origin' => Origins::own(),
		);
		if ( '' !== $domain ) {
			$claims['aud'] = $domain;
		}
		if ( '' !== $session ) {
			$claims['sid'] = SessionRoute::sign_in( $session );
		}
		return $claims + Person::claims( $user );
	}

	/** How long a token is good: that is also how long a session lasts that nobody renews. In seconds. */
	private static function life(): int {
		/**
		 * How long a token is good.
		 *
		 * @param int $life seconds, from 60 to 600.
		 */
		$life = (int) apply_filters( 'meerkat_chat_token_life', Token::LONGEST_LIFE );
		return max( 60, min( Token::LONGEST_LIFE, $life ) );
	}
}

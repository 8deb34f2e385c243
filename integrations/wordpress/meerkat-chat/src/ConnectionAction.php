<?php
/**
 * The button that tests the connection.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Answers the settings page, which asks whether the address that is typed there is that of a chat server. */
final class ConnectionAction {

	/** The name of action and nonce. */
	const NAME = 'meerkat_chat_check';

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'wp_ajax_' . self::NAME, array( self::class, 'answer' ) );
	}

	/** Answers with what ConnectionCheck finds. */
	public static function answer(): void {
		check_ajax_referer( self::NAME );
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_send_json_error( null, 403 );
		}
		$server  = isset( $_POST['server'] ) ? sanitize_text_field( wp_unslash( $_POST['server'] ) ) : '';
		$sign_in = isset( $_POST['signIn'] ) ? sanitize_key( wp_unslash( $_POST['signIn'] ) ) : '';
		wp_send_json_success( ConnectionCheck::run( Sanitize::server( $server ), $sign_in ) );
	}
}

<?php
/**
 * The button that makes a secret.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Makes a secret, and has it shown once to who asked for it. */
final class SecretAction {

	/** The name of action and nonce. */
	const NAME = 'meerkat_chat_secret';

	/** How long it waits to be shown, in seconds. */
	const SHOWN_WITHIN = 60;

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'admin_post_' . self::NAME, array( self::class, 'answer' ) );
	}

	/** Makes another secret, and goes back to the settings. */
	public static function answer(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'Sorry, you are not allowed to do that.', 'meerkat-chat' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::NAME );
		if ( ! Secret::is_constant() ) {
			Secret::renew();
			set_transient( self::waiting(), 1, self::SHOWN_WITHIN );
		}
		wp_safe_redirect( SettingsPage::url() . '#meerkat-chat-secret' );
		exit;
	}

	/** The secret, where it has just been made by who looks; once. */
	public static function shown(): string {
		$waiting = get_transient( self::waiting() );
		delete_transient( self::waiting() );
		return $waiting && ! Secret::is_constant() ? Secret::get() : '';
	}

	/** The name of the mark that says so. */
	private static function waiting(): string {
		return self::NAME . '_' . get_current_user_id();
	}
}

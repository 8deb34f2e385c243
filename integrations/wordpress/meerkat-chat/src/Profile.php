<?php
/**
 * What users decide for themselves.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** The switch on a user's profile that lets badges show whether they are there. It is off until they turn it on. */
final class Profile {

	/**
	 * The user's option on this site with the id by which badges ask its chat server; no id: nothing is shown.
	 */
	const STATUS_ID = 'meerkat_chat_status_id';

	/** The field of the form, and its nonce. */
	const FIELD = 'meerkat_chat_share';
	const NONCE = 'meerkat_chat_share_nonce';

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'show_user_profile', array( self::class, 'show' ) );
		add_action( 'personal_options_update', array( self::class, 'save' ) );
	}

	/**
	 * The id by which badges ask for somebody; empty where they show nothing.
	 *
	 * @param int $id a user.
	 */
	public static function status_id( int $id ): string {
		$status = get_user_option( self::STATUS_ID, $id );
		return is_string( $status ) ? $status : '';
	}

	/**
	 * The switch, on one's own profile.
	 *
	 * @param \WP_User $user whose profile it is.
	 */
	public static function show( \WP_User $user ): void {
		if ( ! ServerApi::is_set_up() || ! Person::may_chat( $user ) ) {
			return;
		}
		?>
		<h2><?php esc_html_e( 'Chat', 'meerkat-chat' ); ?></h2>
		<table class="form-table" role="presentation">
			<tr>
				<th scope="row"><?php esc_html_e( 'Presence', 'meerkat-chat' ); ?></th>
				<td>
					<?php wp_nonce_field( self::NONCE . $user->ID, self::NONCE, false ); ?>
					<label>
						<input type="checkbox" name="<?php echo esc_attr( self::FIELD ); ?>" value="1" <?php checked( '' !== self::status_id( $user->ID ) ); ?>>
						<?php esc_html_e( 'Show on this site whether I am in the chat', 'meerkat-chat' ); ?>
					</label>
					<p class="description"><?php esc_html_e( 'Everybody who sees a page with your badge can see it then. You can turn it off at any time.', 'meerkat-chat' ); ?></p>
				</td>
			</tr>
		</table>
		<?php
	}

	/**
	 * Takes what they chose to the chat server.
	 *
	 * @param int $id the user.
	 */
	public static function save( $id ): void {
		$id    = (int) $id;
		$nonce = isset( $_POST[ self::NONCE ] ) ? sanitize_text_field( wp_unslash( $_POST[ self::NONCE ] ) ) : '';
		if ( get_current_user_id() !== $id || ! wp_verify_nonce( $nonce, self::NONCE . $id ) || ! ServerApi::is_set_up() ) {
			return;
		}
		$share = ! empty( $_POST[ self::FIELD ] );
		if ( ( '' !== self::status_id( $id ) ) !== $share ) {
			self::share( wp_get_current_user(), $share );
		}
	}

	/**
	 * Has the chat server show a user's status, or no longer.
	 *
	 * @param \WP_User $user  whose.
	 * @param bool     $share whether to show it.
	 */
	private static function share( \WP_User $user, bool $share ): void {
		list( $status, $said ) = ServerApi::ask( 'PUT', $user, '/status', array( 'share' => $share ) );
		$shown                 = json_decode( $said, true )['id'] ?? '';
		if ( $share && 200 === $status && is_string( $shown ) && '' !== $shown ) {
			update_user_option( $user->ID, self::STATUS_ID, sanitize_text_field( $shown ) );
		} elseif ( ! $share && ( 200 === $status || 404 === $status ) ) {
			delete_user_option( $user->ID, self::STATUS_ID );
		} else {
			add_action(
				'user_profile_update_errors',
				static function ( \WP_Error $errors ) {
					$errors->add( 'meerkat_chat', __( 'The chat server could not be reached, so your presence is shown as before.', 'meerkat-chat' ) );
				}
			);
		}
	}
}

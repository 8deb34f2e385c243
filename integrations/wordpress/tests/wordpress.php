<?php
/**
 * As much of WordPress as the plugin's own code needs to be tested: its functions, over a World that a test fills.
 *
 * @package Meerkat\Chat
 */

define( 'ABSPATH', __DIR__ . '/' );
define( 'LOGGED_IN_COOKIE', 'wordpress_logged_in_0123456789abcdef0123456789abcdef' );

/** What there is, in one test. */
final class World {
	public static $options    = array();
	public static $added      = array();
	public static $transients = array();
	public static $users      = array();
	public static $me         = 0;
	public static $hooks      = array();
	public static $routes     = array();
	public static $sent       = array();
	public static $answer     = array( 'response' => array( 'code' => 200 ), 'body' => '{}' );
	public static $scripts    = array();
	public static $home       = 'https://blog.example';
	public static $passwords  = array();
	public static $asked_from = array();
	public static $said       = array();
	public static $meta       = array();
	public static $post       = array();

	/** Begins anew; hooks stay. */
	public static function begin(): void {
		self::$options    = array( 'show_avatars' => '1' );
		self::$added      = array();
		self::$transients = array();
		self::$users      = array();
		self::$me         = 0;
		self::$sent       = array();
		self::$answer     = array( 'response' => array( 'code' => 200 ), 'body' => '{}' );
		self::$scripts    = array();
		self::$home       = 'https://blog.example';
		self::$passwords  = array();
		self::$asked_from = array();
		self::$said       = array();
		self::$meta       = array();
		self::$post       = array();
		$_POST            = array();
		$_COOKIE          = array();
		$_SERVER['REMOTE_ADDR'] = '10.0.0.1';
	}

	/** Settings of the plugin. */
	public static function set( array $settings ): void {
		self::$options['meerkat_chat'] = $settings + array( 'server' => 'https://chat.example' );
		self::$options['meerkat_chat_secret'] = 'a secret of thirty-two characters';
	}

	/** A user. */
	public static function user( string $login, array $roles = array( 'subscriber' ), string $name = '' ): WP_User {
		$user                     = new WP_User( count( self::$users ) + 1, $login, $roles, '' === $name ? $login : $name );
		self::$users[ $user->ID ] = $user;
		return $user;
	}

	/** A request, answered by the route of the plugin. */
	public static function ask( string $route, array $headers = array(), array $body = array() ) {
		self::$routes = array();
		do_action( 'rest_api_init' );
		$args    = self::$routes[ 'meerkat/v1' . $route ];
		$request = new WP_REST_Request( $headers, $body );
		$permit  = call_user_func( $args['permission_callback'], $request );
		return true === $permit ? call_user_func( $args['callback'], $request ) : $permit;
	}
}

class WP_User {
	public $ID;
	public $user_login;
	public $roles;
	public $display_name;
	public $user_email;
	public $user_pass = 'hash';
	public function __construct( int $id, string $login, array $roles, string $name ) {
		$this->ID           = $id;
		$this->user_login   = $login;
		$this->roles        = $roles;
		$this->display_name = $name;
		$this->user_email   = "user$id@example.org";
	}
	public function exists() {
		return $this->ID > 0;
	}
}
class WP_Error {
	public $code;
	public $message;
	public $data;
	public function __construct( $code = '', $message = '', $data = array() ) {
		$this->code    = $code;
		$this->message = $message;
		$this->data    = $data;
	}
	public function get_error_message() {
		return $this->message;
	}
}
class WP_REST_Request {
	private $headers;
	private $body;
	public function __construct( array $headers, array $body ) {
		$this->headers = $headers;
		$this->body    = $body;
	}
	public function get_header( $name ) {
		return $this->headers[ $name ] ?? null;
	}
	public function get_json_params() {
		return $this->body;
	}
}
class WP_REST_Response {
	public $data;
	public $status;
	public $headers = array();
	public function __construct( $data, $status = 200 ) {
		$this->data   = $data;
		$this->status = $status;
	}
	public function header( $name, $value ) {
		$this->headers[ $name ] = $value;
	}
}

// Hooks.
function add_action( $name, $what, $priority = 10, $count = 1 ) {
	World::$hooks[ $name ][] = $what;
}
function add_filter( $name, $what, $priority = 10, $count = 1 ) {
	World::$hooks[ $name ][] = $what;
}
function do_action( $name, ...$with ) {
	foreach ( World::$hooks[ $name ] ?? array() as $what ) {
		$what( ...$with );
	}
}
function apply_filters( $name, $value, ...$with ) {
	foreach ( World::$hooks[ $name ] ?? array() as $what ) {
		$value = $what( $value, ...$with );
	}
	return $value;
}
function add_shortcode( $name, $what ) {
	World::$hooks[ "[$name]" ] = array( $what );
}
function shortcode_atts( $pairs, $given ) {
	return array_merge( $pairs, array_intersect_key( $given, $pairs ) );
}
function register_rest_route( $space, $path, $args ) {
	World::$routes[ $space . $path ] = $args;
}

function __return_true() {
	return true;
}

// What is kept.
function get_option( $name, $otherwise = false ) {
	return World::$options[ $name ] ?? $otherwise;
}
function update_option( $name, $value ) {
	World::$options[ $name ] = $value;
}
function add_option( $name, $value, $deprecated, $autoload ) {
	World::$added[]          = array( $name, $value, $autoload );
	World::$options[ $name ] = $value;
}
function sanitize_user( $login ) {
	return trim( preg_replace( '/\s+/', ' ', preg_replace( '/&.+?;|%[a-f0-9]{2}/i', '', strip_tags( $login ) ) ) );
}
function get_transient( $name ) {
	return World::$transients[ $name ] ?? false;
}
function set_transient( $name, $value, $life = 0 ) {
	World::$transients[ $name ] = $value;
}
function delete_transient( $name ) {
	unset( World::$transients[ $name ] );
}

// People.
function is_user_logged_in() {
	return World::$me > 0;
}
function wp_get_current_user() {
	return World::$users[ World::$me ] ?? new WP_User( 0, '', array(), '' );
}
function get_current_user_id() {
	return World::$me;
}
function get_user_by( $field, $value ) {
	// A login is looked for as WordPress reads it, whatever its case.
	$wanted = 'login' === $field ? strtolower( sanitize_user( $value ) ) : $value;
	foreach ( World::$users as $user ) {
		$values = array( 'id' => $user->ID, 'login' => strtolower( $user->user_login ), 'email' => $user->user_email );
		if ( $wanted === $values[ $field ] ) {
			return $user;
		}
	}
	return false;
}
function current_user_can() {
	return in_array( 'administrator', wp_get_current_user()->roles, true );
}
function wp_get_session_token() {
	return World::$me > 0 ? 'token of ' . World::$me : '';
}
function get_avatar_url( $id ) {
	return "https://pictures.example/$id";
}
function is_multisite() {
	return false;
}
function wp_validate_auth_cookie( $cookie ) {
	list( $login, $expiration, , $mac ) = explode( '|', $cookie ) + array( '', 0, '', '' );
	foreach ( World::$users as $user ) {
		if ( $user->user_login === $login && 'good' === $mac && $expiration > time() ) {
			return $user->ID;
		}
	}
	return false;
}
function wp_parse_auth_cookie( $cookie ) {
	list( $login, $expiration, $token, $mac ) = explode( '|', $cookie );
	return compact( 'login', 'expiration', 'token', 'mac' );
}
function wp_authenticate( $login, $password ) {
	return meerkat_test_judge( 'account', $login, $password );
}
function wp_authenticate_application_password( $user, $login, $password ) {
	return meerkat_test_judge( 'application', $login, $password );
}
function wp_authenticate_spam_check( $user ) {
	return $user;
}
function meerkat_test_judge( $kind, $login, $password ) {
	World::$asked_from[] = $_SERVER['REMOTE_ADDR'];
	foreach ( World::$users as $user ) {
		if ( $user->user_login === $login && ( World::$passwords[ "$kind:$login" ] ?? null ) === $password ) {
			return $user;
		}
	}
	return new WP_Error( 'incorrect_password', 'The password of this account is wrong.' );
}

// Words and addresses.
function __( $text ) {
	return $text;
}
function esc_html__( $text ) {
	return esc_html( $text );
}
function esc_attr__( $text ) {
	return esc_attr( $text );
}
function esc_html( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES );
}
function esc_attr( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES );
}
function esc_url( $url ) {
	return str_replace( array( '&', "'", '"', '<', '>' ), array( '&#038;', '&#039;', '', '', '' ), $url );
}
function esc_url_raw( $url ) {
	return preg_match( '~^https?://~', $url ) ? $url : '';
}
function sanitize_text_field( $text ) {
	return trim( preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( $text ) ) );
}
function sanitize_key( $key ) {
	return preg_replace( '/[^a-z0-9_\-]/', '', strtolower( $key ) );
}
function sanitize_hex_color( $text ) {
	return '' === $text ? '' : ( preg_match( '|^#([A-Fa-f0-9]{3}){1,2}$|', $text ) ? $text : null );
}
function rest_sanitize_boolean( $value ) {
	return is_string( $value ) && in_array( strtolower( $value ), array( 'false', '0', '' ), true ) ? false : (bool) $value;
}
function wp_parse_url( $url ) {
	return parse_url( $url );
}
function wp_json_encode( $value, $flags = 0 ) {
	return json_encode( $value, $flags );
}
function wp_slash( $text ) {
	return addslashes( $text );
}
function wp_unslash( $text ) {
	return stripslashes( $text );
}
function wp_hash( $text ) {
	return hash( 'sha256', $text );
}
function wp_generate_password( $length ) {
	return substr( bin2hex( random_bytes( $length ) ), 0, $length );
}
function wp_generate_uuid4() {
	return bin2hex( random_bytes( 16 ) );
}
function wp_create_nonce( $action ) {
	return "nonce-$action";
}
function home_url( $path = '' ) {
	return World::$home . $path;
}
function site_url() {
	return World::$home . '/wp';
}
function rest_url( $path ) {
	return World::$home . '/wp-json/' . $path;
}
function admin_url( $path ) {
	return World::$home . '/wp/wp-admin/' . $path;
}
function wp_login_url( $back ) {
	return World::$home . '/wp/wp-login.php?redirect_to=' . rawurlencode( $back );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function plugins_url( $path ) {
	return World::$home . "/wp/wp-content/plugins/meerkat-chat/$path";
}
function is_admin() {
	return false;
}
function nocache_headers() {}
function wp_enqueue_style() {}
function wp_enqueue_script( $handle, $url ) {
	World::$scripts[ $handle ] = $url;
}

function get_user_meta( $id, $name ) {
	return World::$meta[ $id ][ $name ] ?? '';
}
function get_user_option( $name, $id ) {
	return World::$meta[ $id ][ 'wp_' . $name ] ?? false;
}
function update_user_option( $id, $name, $value ) {
	World::$meta[ $id ][ 'wp_' . $name ] = $value;
}
function delete_user_option( $id, $name ) {
	unset( World::$meta[ $id ][ 'wp_' . $name ] );
}
function get_current_blog_id() {
	return 1;
}
function wp_verify_nonce( $nonce, $action ) {
	return "nonce-$action" === $nonce;
}

// The post that is shown: `type`, `status`, `protected`, `blocks`, and whether it is what the page is about.
function is_singular( $types = '' ) {
	return isset( World::$post['type'] ) && ( '' === $types || in_array( World::$post['type'], (array) $types, true ) );
}
function is_feed() {
	return World::$post['feed'] ?? false;
}
function in_the_loop() {
	return true;
}
function is_main_query() {
	return true;
}
function get_the_ID() {
	return 7;
}
function get_queried_object_id() {
	return World::$post['about'] ?? 7;
}
function get_permalink() {
	return World::$home . '/a-post';
}
function get_post_status() {
	return World::$post['status'] ?? 'publish';
}
function post_password_required() {
	return World::$post['protected'] ?? false;
}
function get_post_field() {
	return 1;
}
function get_the_author_meta() {
	return 'Ann';
}
function has_block( $name ) {
	return in_array( $name, World::$post['blocks'] ?? array(), true );
}
function add_settings_error( $setting, $code, $message ) {
	World::$said[] = $message;
}

// The network.
function wp_remote_get( $url, $with ) {
	return wp_remote_request( $url, array( 'method' => 'GET' ) + $with );
}
function wp_remote_request( $url, $with ) {
	World::$sent[] = array( $with['method'], $url, $with );
	$answer        = is_callable( World::$answer ) ? ( World::$answer )( $url ) : World::$answer;
	return $answer;
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_retrieve_body( $answer ) {
	return $answer['body'] ?? '';
}
function wp_remote_retrieve_response_code( $answer ) {
	return is_array( $answer ) ? $answer['response']['code'] : '';
}
